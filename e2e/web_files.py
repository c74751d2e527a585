"""A server of the web that has files, on the loopback: what nothing may be fetched from unless the settings say so."""

import contextlib
import http.server
import threading


@contextlib.contextmanager
def web_files(files):
    """Serves the files by their paths; a number in place of bytes says only how many there would be, and a
    function is asked what there is. Its address, and the paths that were asked for."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            content = files.get(self.path)
            if callable(content):
                content = content()
            if content is None:
                return self.send_error(404)
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(content if isinstance(content, int) else len(content)))
            self.end_headers()
            if not isinstance(content, int):
                self.wfile.write(content)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
