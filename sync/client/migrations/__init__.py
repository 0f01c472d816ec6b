"""Migrations of the laptop's file, as Alembic reads them, and how many of them there are."""

SCHEMA = 30  # the file's user_version: how many migrations it has been through
