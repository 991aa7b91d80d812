"""Reference editions, registered bodies, places and lists of codes."""

import sqlalchemy as sa
from alembic import op

import procure.models.base

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table('postcode_place',
    sa.Column('postcode', sa.String(), nullable=False),
    sa.Column('latitude', sa.Double(), nullable=True),
    sa.Column('longitude', sa.Double(), nullable=True),
    sa.Column('lsoa', sa.String(), nullable=True),
    sa.Column('lsoa_2011', sa.String(), nullable=True),
    sa.Column('ward', sa.String(), nullable=True),
    sa.Column('authority', sa.String(), nullable=True),
    sa.Column('region', sa.String(), nullable=True),
    sa.Column('icb', sa.String(), nullable=True),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('postcode', name=op.f('pk_postcode_place'))
    )
    with op.batch_alter_table('postcode_place', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_postcode_place_authority'), ['authority'], unique=False)

    op.create_table('registered_body',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('register', sa.String(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_key', KEY, nullable=False),
    sa.Column('status', sa.String(), nullable=True),
    sa.Column('form', sa.String(), nullable=False),
    sa.Column('postcode', sa.String(), nullable=True),
    sa.Column('address_key', sa.String(), nullable=True),
    sa.Column('sic', sa.JSON(), nullable=False),
    sa.Column('company_number', sa.String(), nullable=True),
    sa.Column('is_listed', sa.Boolean(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registered_body')),
    sa.UniqueConstraint('register', 'number', name=op.f('uq_registered_body_register_number'))
    )
    with op.batch_alter_table('registered_body', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registered_body_address_key'), ['address_key'], unique=False)
        batch_op.create_index('ix_registered_body_company_number', ['company_number'], unique=False, postgresql_where=sa.text('company_number IS NOT NULL'), sqlite_where=sa.text('company_number IS NOT NULL'))
        batch_op.create_index(batch_op.f('ix_registered_body_name_key'), ['name_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_registered_body_postcode'), ['postcode'], unique=False)

    op.create_table('shared_office',
    sa.Column('address_key', sa.String(), nullable=False),
    sa.Column('bodies', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('address_key', name=op.f('pk_shared_office'))
    )
    op.create_table('edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('series', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('edition_on', sa.Date(), nullable=True),
    sa.Column('licence', sa.String(), nullable=False),
    sa.Column('filename', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('refused', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('started_at', procure.models.base.UtcTime(), nullable=False),
    sa.Column('loaded_at', procure.models.base.UtcTime(), nullable=True),
    sa.Column('loaded_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['loaded_by_id'], ['person.id'], name=op.f('fk_edition_loaded_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_edition'))
    )
    with op.batch_alter_table('edition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_edition_loaded_at'), ['loaded_at'], unique=False)
        batch_op.create_index('ix_edition_series_state', ['series', 'state'], unique=False)

    op.create_table('registered_name',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('name_key', KEY, nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['body_id'], ['registered_body.id'], name=op.f('fk_registered_name_body_id_registered_body'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registered_name')),
    sa.UniqueConstraint('body_id', 'name', 'kind', name=op.f('uq_registered_name_body_id_name_kind'))
    )
    with op.batch_alter_table('registered_name', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registered_name_name_key'), ['name_key'], unique=False)

    op.create_table('area_name',
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('parent_code', sa.String(), nullable=True),
    sa.Column('latitude', sa.Double(), nullable=True),
    sa.Column('longitude', sa.Double(), nullable=True),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_area_name_edition_id_edition')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_area_name'))
    )
    with op.batch_alter_table('area_name', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_area_name_kind'), ['kind'], unique=False)

    op.create_table('classification',
    sa.Column('scheme', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('parent', sa.String(), nullable=True),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_classification_edition_id_edition')),
    sa.PrimaryKeyConstraint('scheme', 'code', name=op.f('pk_classification'))
    )
    op.create_table('deprivation',
    sa.Column('lsoa', sa.String(), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('decile', sa.Integer(), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_deprivation_edition_id_edition')),
    sa.PrimaryKeyConstraint('lsoa', 'year', name=op.f('pk_deprivation'))
    )
    op.create_table('edition_refusal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_edition_refusal_edition_id_edition'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_edition_refusal'))
    )
    with op.batch_alter_table('edition_refusal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_edition_refusal_edition_id'), ['edition_id'], unique=False)

    with op.batch_alter_table("job") as batch_op:
        batch_op.alter_column("organisation_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM job WHERE organisation_id IS NULL")
    with op.batch_alter_table("job") as batch_op:
        batch_op.alter_column("organisation_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table('edition_refusal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_edition_refusal_edition_id'))

    op.drop_table('edition_refusal')
    op.drop_table('deprivation')
    op.drop_table('classification')
    with op.batch_alter_table('area_name', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_area_name_kind'))

    op.drop_table('area_name')
    with op.batch_alter_table('registered_name', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registered_name_name_key'))

    op.drop_table('registered_name')
    with op.batch_alter_table('edition', schema=None) as batch_op:
        batch_op.drop_index('ix_edition_series_state')
        batch_op.drop_index(batch_op.f('ix_edition_loaded_at'))

    op.drop_table('edition')
    op.drop_table('shared_office')
    with op.batch_alter_table('registered_body', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registered_body_postcode'))
        batch_op.drop_index(batch_op.f('ix_registered_body_name_key'))
        batch_op.drop_index('ix_registered_body_company_number', postgresql_where=sa.text('company_number IS NOT NULL'), sqlite_where=sa.text('company_number IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_registered_body_address_key'))

    op.drop_table('registered_body')
    with op.batch_alter_table('postcode_place', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_postcode_place_authority'))

    op.drop_table('postcode_place')
