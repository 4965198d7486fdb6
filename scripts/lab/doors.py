"""Leads connections from this machine's loopback addresses to servers in network namespaces: doors.py HERE NAMESPACE THERE …"""
import ctypes
import os
import socket
import sys
import threading

CLONE_NEWNET = 0x40000000


def endpoint(text):
    host, _, port = text.rpartition(":")
    return host.strip("[]"), int(port)


def serve(door, namespace, there):
    """A namespace is a thread's own, and threads that it starts inherit it; the listener stays where it was made."""
    libc = ctypes.CDLL(None, use_errno=True)
    with open(namespace, "rb") as file:
        if libc.setns(file.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"setns {namespace}")
    while True:
        client, _ = door.accept()
        threading.Thread(target=lead, args=(client, there), daemon=True).start()


def lead(client, there):
    with client:
        try:
            server = socket.create_connection(there, timeout=5)
        except OSError:
            return
        with server:
            server.settimeout(None)
            up = threading.Thread(target=copy, args=(client, server), daemon=True)
            up.start()
            copy(server, client)
            up.join()


def copy(source, target):
    """Until its end, which it hands on; a break ends both ways."""
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


threads = []
for here, namespace, there in zip(sys.argv[1::3], sys.argv[2::3], sys.argv[3::3]):
    door = socket.create_server(endpoint(here))
    threads.append(threading.Thread(target=serve, args=(door, namespace, endpoint(there)), daemon=True))
for thread in threads:
    thread.start()
print(f"READY {os.getpid()}", flush=True)
for thread in threads:
    thread.join()
