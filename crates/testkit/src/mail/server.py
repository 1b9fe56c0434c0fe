"""A real mail server for tests: TLS in every form, sign-in, and recipients who decide what becomes of a letter.

Writes one line on standard output, `listening on port N`, then serves until it is killed. In the folder it is given,
each accepted letter becomes a file and each thing it was told a line of `heard`.
"""

import argparse
import asyncio
import os
import ssl

from aiosmtpd.smtp import SMTP, AuthResult


def answer(recipient, seen):
    """What a recipient's name says is to become of letters to it."""
    name = recipient.split("@")[0]
    first = recipient not in seen
    seen.add(recipient)
    if name.startswith("greylisted") and first:
        return f"451 4.7.1 {recipient} is greylisted"
    if name.startswith("full"):
        return f"452 4.2.2 the mailbox of {recipient} is full"
    if name.startswith("unknown"):
        return f"550 5.1.1 there is no {recipient} here"
    return None


class Handler:
    def __init__(self, folder):
        self.folder, self.seen, self.count = folder, set(), 0

    def heard(self, line):
        with open(os.path.join(self.folder, "heard"), "a", encoding="utf-8") as file:
            file.write(line + "\n")

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.heard(f"MAIL {address}")
        if address.startswith("forged"):
            return f"553 5.7.1 {address} is not yours"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.heard(f"RCPT {address}")
        refused = answer(address, self.seen)
        if refused:
            return refused
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.heard("DATA")
        recipient = envelope.rcpt_tos[0]
        if recipient.startswith("spam"):
            return f"554 5.6.0 {recipient} does not want this"
        self.keep(envelope)
        if recipient.startswith("vanishing") and recipient not in self.seen_content:
            self.seen_content.add(recipient)
            server.transport.abort()
        if recipient.startswith("hanging") and recipient not in self.seen_content:
            self.seen_content.add(recipient)
            await asyncio.Event().wait()
        return "250 OK"

    seen_content = set()

    def keep(self, envelope):
        self.count += 1
        path = os.path.join(self.folder, f"letter-{self.count:06}")
        content = b"\n".join([envelope.mail_from.encode(), b" ".join(to.encode() for to in envelope.rcpt_tos), b""])
        with open(path + ".part", "wb") as file:
            file.write(content + envelope.original_content)
        os.rename(path + ".part", path)


def authenticator(handler, user, password):
    def check(server, session, envelope, mechanism, data):
        handler.heard(f"AUTH {mechanism}")
        known = (user.encode(), password.encode())
        if (data.login, data.password) == known:
            return AuthResult(success=True)
        return AuthResult(success=False, handled=False)

    return check


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", required=True)
    parser.add_argument("--tls", choices=["none", "starttls", "implicit"], required=True)
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--user")
    parser.add_argument("--password")
    options = parser.parse_args()
    handler = Handler(options.folder)
    context = None
    if options.tls != "none":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.certificate, options.key)
    settings = {"hostname": "localhost"}
    if options.user:
        settings["authenticator"] = authenticator(handler, options.user, options.password)
        settings["auth_required"] = True
        settings["auth_require_tls"] = options.tls == "starttls"
    if options.tls == "starttls":
        settings["tls_context"] = context
        settings["require_starttls"] = True
    loop = asyncio.get_running_loop()
    implicit = context if options.tls == "implicit" else None
    server = await loop.create_server(lambda: SMTP(handler, loop=loop, **settings), "127.0.0.1", 0, ssl=implicit)
    print(f"listening on port {server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


asyncio.run(main())
