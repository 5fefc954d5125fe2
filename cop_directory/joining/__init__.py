"""How one gets into a chat group: asking to join, and showing the invitation."""
