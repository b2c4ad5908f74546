import assert from "node:assert/strict";
import { forSeeds } from "../../tests/seeded.ts";
import { type Answer, answerReader } from "./http_answer.ts";

const encode = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const decode = (bytes: Uint8Array) => String.fromCharCode(...bytes);

/** What a reader makes of these pieces, then of the end of the connection if that is needed. */
function read(pieces: readonly Uint8Array[]): Answer & { readonly isEnded: boolean } {
  const reader = answerReader();
  for (const piece of pieces) {
    const answer = reader.push(piece);
    if (answer !== undefined) return { ...answer, isEnded: false };
  }
  return { ...reader.end(), isEnded: true };
}

/** An answer, and what it is read as: status, reason and body, or what is wrong. */
interface Case {
  readonly text: string;
  /** The body, with the status before it where that is not 200. */
  readonly is?: string;
  readonly wrong?: string;
  /** The end of the connection is needed to know. */
  readonly byEnd?: true;
}

const ok = "HTTP/1.1 200 OK\r\n";
const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`;
const long = "x".repeat(70_000);

const cases: readonly Case[] = [
  // Bodies by length.
  { text: `${ok}Content-Length: 5\r\n\r\nhello`, is: "hello" },
  { text: `${ok}Content-Length: 0\r\n\r\n`, is: "" },
  { text: `${ok}content-length:5\r\n\r\nhello and more`, is: "hello" },
  { text: `${ok}CONTENT-LENGTH: \t 5 \t\r\n\r\nhello`, is: "hello" },
  { text: `${ok}Content-Length: 5, 5\r\nContent-Length: 5\r\n\r\nhello`, is: "hello" },
  { text: `${ok}Content-Length: 70000\r\n\r\n${long}`, is: long.slice(0, 65536) },
  {
    text: `${ok}Content-Length: 9\r\n\r\nhello`,
    wrong: "cut short: 5 of 9 bytes of the body",
    byEnd: true,
  },
  {
    text: `${ok}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
    wrong: 'content-length "6" is none, or not the only one',
  },
  {
    text: `${ok}Content-Length: 5, 6\r\n\r\nhello`,
    wrong: 'content-length "5, 6" is none, or not the only one',
  },
  {
    text: `${ok}Content-Length: -1\r\n\r\n`,
    wrong: 'content-length "-1" is none, or not the only one',
  },
  {
    text: `${ok}Content-Length: 0x5\r\n\r\nhello`,
    wrong: 'content-length "0x5" is none, or not the only one',
  },
  {
    text: `${ok}Content-Length: \r\n\r\n`,
    wrong: 'content-length "" is none, or not the only one',
  },
  {
    text: `${ok}Content-Length: 99999999999999999999\r\n\r\n`,
    wrong: 'content-length "99999999999999999999" is none, or not the only one',
  },

  // Bodies that end with the connection.
  { text: `${ok}\r\nhello`, is: "hello", byEnd: true },
  { text: `${ok}\r\n`, is: "", byEnd: true },
  { text: `HTTP/1.0 200 OK\r\n\r\nhello`, is: "hello", byEnd: true },
  { text: `${ok}\r\n${long}`, is: long.slice(0, 65536) },

  // Bodies in chunks.
  { text: `${chunked}5\r\nhello\r\n0\r\n\r\n`, is: "hello" },
  { text: `${chunked}2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n`, is: "hello" },
  {
    text: `${chunked}A\r\n0123456789\r\na\r\n0123456789\r\n000\r\n\r\n`,
    is: "01234567890123456789",
  },
  {
    text: `${chunked}5;name=value\r\nhello\r\n0;last\r\nTrailer: yes\r\nAnother: one\r\n\r\n`,
    is: "hello",
  },
  { text: `${chunked}5 \t\r\nhello\r\n0\r\n\r\nand more`, is: "hello" },
  { text: `${chunked}5\nhello\n0\n\n`, is: "hello" },
  {
    text: `${ok}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
    is: "hello",
  },
  { text: `${chunked}ffffff\r\n${long}`, is: long.slice(0, 65536) },
  { text: `${chunked}5\r\nhel`, wrong: "cut short: 3 bytes of the body, in chunks", byEnd: true },
  {
    text: `${chunked}5\r\nhello\r\n0\r\n`,
    wrong: "cut short: 5 bytes of the body, in chunks",
    byEnd: true,
  },
  { text: chunked, wrong: "cut short: 0 bytes of the body, in chunks", byEnd: true },
  { text: `${chunked}5\r\nhello!\r\n0\r\n\r\n`, wrong: "a chunk is longer than its size says" },
  { text: `${chunked}five\r\nhello\r\n`, wrong: '"five" is no size of a chunk' },
  { text: `${chunked}-5\r\nhello\r\n`, wrong: '"-5" is no size of a chunk' },
  {
    text: `${chunked}20000000000000\r\nhello\r\n`,
    wrong: '"20000000000000" is no size of a chunk',
  },
  { text: `${chunked}\r\nhello\r\n`, wrong: '"" is no size of a chunk' },
  {
    text: `${chunked}5;${"x".repeat(5_000)}`,
    wrong: "its chunks have more around them than in them",
  },
  {
    text: `${chunked}${"1;xxxxxxxxxxxxxxxxxxxxxxxxxxx\r\ny\r\n".repeat(4_000)}`,
    wrong: "its chunks have more around them than in them",
  },
  {
    text: `${chunked}0\r\n${"Trailer: yes\r\n".repeat(10_000)}`,
    wrong: "its chunks have more around them than in them",
  },
  {
    text: `${ok}Transfer-Encoding: gzip, chunked\r\n\r\n`,
    wrong: 'transfer-encoding "gzip, chunked" was not asked for',
  },
  {
    text: `${ok}Transfer-Encoding: gzip\r\n\r\n`,
    wrong: 'transfer-encoding "gzip" was not asked for',
  },
  {
    text: `${ok}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n`,
    wrong: 'transfer-encoding "chunked" was not asked for',
  },

  // No body, whatever the head says.
  { text: "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", is: "204 " },
  { text: "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n", is: "304 " },

  // Status lines.
  { text: "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", is: "" },
  { text: "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", is: "" },
  { text: "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", is: "503 " },
  { text: "HTTP/1.1 599 \xe9\xff\r\nContent-Length: 0\r\n\r\n", is: "599 " },
  { text: "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", is: "hi" },
  { text: "HTTP/2.0 200 OK\r\n\r\n", wrong: 'not HTTP: the answer begins with "HTTP/2.0 200 OK"' },
  { text: "HTTP/1.2 200 OK\r\n\r\n", wrong: 'not HTTP: the answer begins with "HTTP/1.2 200 OK"' },
  { text: "HTTP/1.1 600 OK\r\n\r\n", wrong: 'not HTTP: the answer begins with "HTTP/1.1 600 OK"' },
  { text: "HTTP/1.1 099 OK\r\n\r\n", wrong: 'not HTTP: the answer begins with "HTTP/1.1 099 OK"' },
  {
    text: "HTTP/1.1 2000 OK\r\n\r\n",
    wrong: 'not HTTP: the answer begins with "HTTP/1.1 2000 OK"',
  },
  {
    text: "HTTP/1.1  200 OK\r\n\r\n",
    wrong: 'not HTTP: the answer begins with "HTTP/1.1  200 OK"',
  },
  { text: "HTTP/1.1 OK\r\n\r\n", wrong: 'not HTTP: the answer begins with "HTTP/1.1 OK"' },

  // Headers.
  { text: `${ok}X: \r\nY:\r\nZ: a: b\r\nContent-Length: 0\r\n\r\n`, is: "" },
  { text: `${ok}no header\r\n\r\n`, wrong: 'not HTTP: "no header" is no header' },
  { text: `${ok}Name : value\r\n\r\n`, wrong: 'not HTTP: "Name : value" is no header' },
  { text: `${ok}: value\r\n\r\n`, wrong: 'not HTTP: ": value" is no header' },
  { text: `${ok}Name: one\r\n two\n\tthree\r\nContent-Length: 0\r\n\r\n`, is: "" },
  { text: `${ok}Name: a\0b\r\n\r\n`, wrong: 'not HTTP: "Name: a\\x00b" is no header' },
  { text: `${ok}Name: a\rb\r\n\r\n`, wrong: 'not HTTP: "Name: a\\rb" is no header' },
  { text: `${ok}X: ${long}`, wrong: "head larger than 64 KiB" },
  { text: `${ok}${"X: y\r\n".repeat(20_000)}`, wrong: "head larger than 64 KiB" },

  // Answers before the answer.
  { text: `HTTP/1.1 100 Continue\r\n\r\n${ok}Content-Length: 2\r\n\r\nhi`, is: "hi" },
  {
    text: `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n${ok}\r\nhi`,
    is: "hi",
    byEnd: true,
  },
  {
    text: "HTTP/1.1 101 Switching Protocols\r\n\r\n",
    wrong: "it switches to another protocol, unasked",
  },
  { text: "HTTP/1.1 100 Continue\r\n\r\n".repeat(4_000), wrong: "head larger than 64 KiB" },
  { text: "HTTP/1.1 100 Continue\r\n\r\n", wrong: "cut short: 25 bytes of the head", byEnd: true },

  // Cut short, or not HTTP.
  { text: "", wrong: "closed without an answer", byEnd: true },
  { text: "HTTP/1.1 200 OK\r\nConte", wrong: "cut short: 22 bytes of the head", byEnd: true },
  { text: "HT", wrong: "cut short: 2 bytes of the head", byEnd: true },
];

function check({ text, is, wrong, byEnd }: Case, pieces: readonly Uint8Array[]): void {
  const answer = read(pieces);
  const shown = JSON.stringify(text.slice(0, 200));
  if (answer.kind === "malformed") {
    assert.equal(answer.detail, wrong, shown);
  } else {
    const { head: { status }, body } = answer;
    assert.equal(`${status === 200 ? "" : `${status} `}${decode(body)}`, is, shown);
  }
  assert.equal(answer.isEnded, byEnd ?? false, shown);
}

Deno.test("each answer is read as what it is", () => {
  for (const each of cases) check(each, [encode(each.text)]);
});

Deno.test("the reason of a status is kept", () => {
  for (const reason of ["OK", "Service Unavailable", ""]) {
    const answer = read([encode(`HTTP/1.1 503 ${reason}\r\n\r\n`)]);
    assert.ok(answer.kind === "complete");
    assert.deepEqual(answer.head, { status: 503, reason });
  }
});

Deno.test("what does not begin as HTTP is refused at its first byte, and shown", () => {
  const wholes: readonly [string, string][] = [
    ["SSH-2.0-OpenSSH_9.2p1\r\n", 'not HTTP: the answer begins with "SSH-2.0-OpenSSH_9.2p1"'],
    ["\x16\x03\x03\0\x7a\x02", "not HTTP: the server speaks TLS"],
    ["\x15\x03\x01\0\x02\x02\x46", "not HTTP: the server speaks TLS"],
    ["\0\x01\x02\x1b[31mred", 'not HTTP: the answer begins with "\\x00\\x01\\x02\\x1b[31mred"'],
    ["http/1.1 200 OK\r\n", 'not HTTP: the answer begins with "http/1.1 200 OK"'],
    ["\r\nHTTP/1.1 200 OK\r\n", 'not HTTP: the answer begins with ""'],
  ];
  for (const [text, detail] of wholes) {
    assert.deepEqual(answerReader().push(encode(text)), { kind: "malformed", detail });
    assert.equal(answerReader().push(encode(text.slice(0, 1)))?.kind, "malformed");
  }
});

Deno.test("an answer is the same in one piece, in two, and byte by byte", () => {
  for (const each of cases.filter(({ text }) => text.length < 1_000)) {
    const bytes = encode(each.text);
    for (let at = 0; at <= bytes.length; at++) {
      if (each.wrong?.includes("begins with") === true) continue;
      check(each, [bytes.subarray(0, at), bytes.subarray(at)]);
    }
    if (each.wrong?.includes("begins with") === true) continue;
    check(each, Array.from(bytes, (byte) => Uint8Array.of(byte)));
  }
});

Deno.test("an answer that is cut off anywhere is never taken for a whole one", () => {
  for (
    const { text } of cases.filter(({ is, byEnd, text }) =>
      is !== undefined && !byEnd && text.length < 500
    )
  ) {
    const bytes = encode(text);
    const whole = read([bytes]);
    assert.ok(whole.kind === "complete");
    for (let at = 0; at < bytes.length; at++) {
      const cut = read([bytes.subarray(0, at)]);
      // What follows on the end of an answer may be missing.
      if (cut.kind === "complete") {
        assert.ok(!cut.isEnded && decode(cut.body) === decode(whole.body));
      } else assert.match(cut.detail, /^(cut short: \d+ |closed without)/);
    }
  }
});

Deno.test("the reader says how far it came", () => {
  const reader = answerReader();
  assert.deepEqual([reader.head(), reader.progress()], [undefined, undefined]);
  reader.push(encode("HTTP/1.1 200 OK\r\n"));
  assert.deepEqual([reader.head(), reader.progress()], [undefined, "17 bytes of the head"]);
  reader.push(encode("Content-Length: 5\r\n\r\nhe"));
  assert.deepEqual(reader.head(), { status: 200, reason: "OK" });
  assert.equal(reader.progress(), "2 of 5 bytes of the body");
});

Deno.test("the reader keeps nothing that its caller uses again", () => {
  const reader = answerReader();
  for (
    const text of [
      "HTTP/1.1 100 Continue\r\n\r\nHTT",
      "P/1.1 200 OK\r\nContent-",
      "Length: 10\r\n\r\nhello",
    ]
  ) {
    const piece = encode(text);
    reader.push(piece);
    piece.fill(0);
  }
  const answer = reader.push(encode("world"));
  assert.ok(answer?.kind === "complete");
  assert.equal(decode(answer.body), "helloworld");
});

Deno.test("whatever comes, in whatever pieces, is read within the limits", () => {
  forSeeds(3_000, (random) => {
    const bytes = encode(random.pick(cases).text.slice(0, 2_000));
    for (let change = random.int(0, 5); change > 0 && bytes.length > 0; change--) {
      bytes[random.int(0, bytes.length - 1)] = random.chance()
        ? random.int(0, 255)
        : random.pick([10, 13, 32, 48, 58]);
    }
    const reader = answerReader();
    let answer: Answer | undefined;
    for (let at = 0; at < bytes.length && answer === undefined;) {
      const to = at + random.int(1, 300);
      answer = reader.push(bytes.subarray(at, to));
      at = to;
    }
    answer ??= reader.end();
    if (answer.kind === "complete") assert.ok(answer.body.length <= 65_536);
    else {assert.ok(
        answer.detail.length < 400 && /^[\x20-\x7e\u{a0}-\u{10ffff}]*$/u.test(answer.detail),
        answer.detail,
      );}
  });
});
