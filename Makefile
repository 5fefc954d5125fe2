# Thin aliases; everything works without make too.
PYTHON ?= python3
IN_VENV = .venv/bin/python -m

.PHONY: run test lint format messages

run:
	$(PYTHON) run.py

test:
	$(PYTHON) run.py test

lint:
	$(IN_VENV) ruff check .
	$(IN_VENV) ruff format --check .
	$(IN_VENV) djlint --lint --quiet templates
	.venv/bin/lint-imports --no-cache
	$(IN_VENV) mypy

format:
	$(IN_VENV) ruff check --fix .
	$(IN_VENV) ruff format .

# Both need GNU gettext (Debian: apt install gettext); the site itself does not.
messages:
	.venv/bin/python manage.py makemessages --all --no-obsolete --no-location
	.venv/bin/python manage.py compilemessages
