"""The nginx of `deploy/`, for real: on free ports, before two small servers that say what reached them."""

import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "forum.example"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
MAIN = """daemon off; pid {home}/pid; error_log {home}/error.log; {user}
events {{ worker_connections 64; }}
http {{
  access_log off; types {{ text/css css; text/html html; }}
  client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
  include {home}/pilotlight.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """A running nginx."""

    home: Path
    http_port: int
    https_port: int

    def get(self, path: str, *, tls: bool = True, **headers: str) -> tuple[int, http.client.HTTPMessage, str]:
        """Status, headers and body of one request, as a browser that trusts our certificate makes it."""
        plain = socket.create_connection(("127.0.0.1", self.https_port if tls else self.http_port), timeout=30)
        trust = ssl.create_default_context(cafile=str(self.home / "cert.pem"))
        connection = http.client.HTTPConnection(HOST)
        connection.sock = trust.wrap_socket(plain, server_hostname=HOST) if tls else plain
        try:
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            connection.close()


@contextmanager
def running(conf: str, home: Path, upstreams: dict[str, int] | None = None) -> Iterator[Proxy]:
    """nginx with this configuration, until the block ends; its names, ports and folders led into `home`.

    `upstreams` leads the ports it sends to elsewhere; without it two small servers answer with what reached them.
    """
    proxy = Proxy(home, _free_port(), _free_port())
    certify(home)
    with ExitStack() as stack:
        if upstreams is None:
            pages, sockets = (stack.enter_context(_upstream(name)) for name in ("pages", "sockets"))
            upstreams = {"8001": pages, "8002": sockets}
        (home / "pilotlight.conf").write_text(_moved(conf, proxy, upstreams))
        user = "user root;" if os.geteuid() == 0 else ""
        (home / "nginx.conf").write_text(MAIN.format(home=home, user=user))
        command = [NGINX or "nginx", "-p", str(home), "-c", str(home / "nginx.conf"), "-e", str(home / "error.log")]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
        with subprocess.Popen(command) as process:
            try:
                _wait_for(proxy.https_port, process)
                yield proxy
            finally:
                process.terminate()


def certify(home: Path) -> None:
    """A certificate that signs itself, and its key, in `home`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)]), datetime.now(UTC)
    unsigned = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    unsigned = unsigned.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    unsigned = unsigned.add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
    certificate = unsigned.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    pem = serialization.Encoding.PEM
    (home / "cert.pem").write_bytes(certificate.sign(key, hashes.SHA256()).public_bytes(pem))
    (home / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def _moved(conf: str, proxy: Proxy, upstreams: dict[str, int]) -> str:
    for port, ours in upstreams.items():
        conf = conf.replace(f"server 127.0.0.1:{port};", f"server 127.0.0.1:{ours};")
    conf = re.sub(r"listen \[::\]:[^;]+;", "", conf)
    conf = conf.replace("listen 80;", f"listen 127.0.0.1:{proxy.http_port};")
    conf = conf.replace("listen 443 ", f"listen 127.0.0.1:{proxy.https_port} ")
    conf = re.sub(r"/etc/letsencrypt/live/[\w.]+/fullchain.pem", str(proxy.home / "cert.pem"), conf)
    conf = re.sub(r"/etc/letsencrypt/live/[\w.]+/privkey.pem", str(proxy.home / "key.pem"), conf)
    return conf.replace("/var/lib/pilotlight/", f"{proxy.home}/")


@contextmanager
def _upstream(name: str) -> Iterator[int]:
    """A server that answers with its name, the path and the headers it got; its port."""

    class Echo(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            got = {key.lower(): value for key, value in self.headers.items()}
            body = json.dumps({"server": name, "path": self.path, "headers": got}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Be quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        yield server.server_port
        server.shutdown()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    last = time.monotonic() + 10
    while process.poll() is None and time.monotonic() < last:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("nginx did not start")
