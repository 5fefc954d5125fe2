"""What only the pages of the reviewers print."""

from django import template

from accounts.languages import moment_in_words
from curation.desk.linking import linked

register = template.Library()
register.filter("linked", linked)
register.filter("moment", moment_in_words, expects_localtime=True)
