"""Đồng Nai as reported for 2022, made up household by household so that the reported totals come out when counted."""
