import click


@click.command()
def main():
    click.echo('the cart is empty')
