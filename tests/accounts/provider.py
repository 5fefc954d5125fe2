"""An OpenID Connect provider on this machine, which believes whatever it is told of a person."""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT, SECRET = "cop-directory", "a secret between the two of us alone"
CODE, TOKEN = "one-time-code", "token-for-userinfo"


class Provider(ThreadingHTTPServer):
    """Knows one person (`claims`), and what it was asked for."""

    daemon_threads = True

    def __init__(self, **claims: Any) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.claims: dict[str, Any] = {"sub": "ana-at-the-provider", **claims}
        self.challenge = ""
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def settings(self) -> dict[str, dict]:
        """What the environment would configure."""
        app = {
            "provider_id": "oidc",
            "name": "Harbour ID",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": self.url},
        }
        return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}

    def sign_in(self, address: str) -> str:
        """What its sign-in page does: where the browser is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.url}/authorize?")
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert asked["code_challenge_method"] == "S256"
        self.challenge = asked["code_challenge"]
        query = urlencode({"code": CODE, "state": asked["state"]})
        return f"{asked['redirect_uri']}?{query}"


class Answers(BaseHTTPRequestHandler):
    """The addresses that the site itself asks."""

    server: Provider

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.path == "/.well-known/openid-configuration":
            here = self.server.url
            self._json({
                "issuer": here,
                "authorization_endpoint": f"{here}/authorize",
                "token_endpoint": f"{here}/token",
                "userinfo_endpoint": f"{here}/userinfo",
                "jwks_uri": f"{here}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            })  # fmt: skip
        elif self.path == "/userinfo" and self.headers["Authorization"] == f"Bearer {TOKEN}":
            self._json(self.server.claims)
        else:
            self._json({"error": "invalid_token"}, 401)

    def do_POST(self) -> None:
        self.server.asked.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        right = (CODE, SECRET, self.server.challenge)
        if (sent.get("code"), sent.get("client_secret"), challenge) != right:
            self._json({"error": "invalid_grant"}, 400)
            return
        identity = {
            **self.server.claims,
            "iss": self.server.url,
            "aud": CLIENT,
            "iat": int(time.time()),
            "exp": int(time.time()) + 600,
        }
        signed = jwt.encode(identity, SECRET, algorithm="HS256")
        self._json({"access_token": TOKEN, "token_type": "Bearer", "id_token": signed})

    def _json(self, value: Any, status: int = 200) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def running(**claims: Any) -> Iterator[Provider]:
    """A provider while it runs."""
    server = Provider(**claims)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
