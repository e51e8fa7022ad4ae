"""Measurements that anyone can repeat; results stand as text in ``results``."""
