"""Our shop beside a stock django-oscar shop, with the same goods, on the same server: ``python -m bench.shop``."""
