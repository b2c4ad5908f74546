import { answerReader } from "./http_answer.ts";

const answer = new TextEncoder().encode(
  "HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nDate: Sat, 21 Nov 2026 11:12:39 GMT\r\n" +
    "Content-Type: text/html; charset=utf-8\r\nContent-Length: 12\r\n" +
    'Last-Modified: Fri, 20 Nov 2026 08:00:00 GMT\r\nConnection: close\r\nETag: "655b0c00-c"\r\n\r\n' +
    "all is well\n",
);

Deno.bench("http: read an answer of 300 bytes", () => {
  answerReader().push(answer);
});
