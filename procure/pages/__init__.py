"""What every page shares: who may enter, headers, errors, lists, forms, charts. No journey, no rule of the field."""
