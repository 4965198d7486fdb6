"""A web server that says who it is and over which family it was asked: destination.py NAME ADDRESS:PORT…

It needs nothing beyond what python3-minimal has.
"""
import os
import select
import signal
import socket
import sys


def answer(name, connection):
    connection.settimeout(30)
    request = b""
    while b"\r\n\r\n" not in request and len(request) < 65536:
        octets = connection.recv(4096)
        if not octets:
            return
        request += octets
    family, peer = ("IPv6" if connection.family == socket.AF_INET6 else "IPv4"), connection.getpeername()[0]
    body = f"hello from {name} over {family}, asked by {peer}\n".encode()
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(4096):
        pass


def accept(name, listener):
    connection, _ = listener.accept()
    if os.fork() == 0:
        listener.close()
        try:
            answer(name, connection)
        except OSError:
            pass
        os._exit(0)
    connection.close()


def main(name, endpoints):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listeners = []
    for endpoint in endpoints:
        address, port = endpoint.rsplit(":", 1)
        address = address.strip("[]")
        listener = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, int(port)))
        listener.listen(512)
        listeners.append(listener)
    print("READY", *endpoints, flush=True)
    while True:
        for listener in select.select(listeners, [], [])[0]:
            accept(name, listener)


main(sys.argv[1], sys.argv[2:])
