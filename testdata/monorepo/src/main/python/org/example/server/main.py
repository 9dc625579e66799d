import click

from org.example.store.memory import Store


@click.command()
def serve():
  click.echo('serving %r' % Store())
