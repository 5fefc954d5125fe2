"""Add, edit, send, answer: how people propose, whatever the shelf."""
