"""The door for web servers and for the flask command."""

from procure import create_app

app = create_app()
