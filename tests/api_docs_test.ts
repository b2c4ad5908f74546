import assert from "node:assert/strict";
import { apiDocs } from "../scripts/api_docs.ts";
import { readProto } from "../scripts/proto_file.ts";
import { protoMarkdown } from "../scripts/proto_markdown.ts";

const textOf = (path: string) => Deno.readTextFileSync(new URL(`../${path}`, import.meta.url));
const page = textOf("docs/api.md");
const proto = textOf("proto/maglev.proto");

Deno.test("docs/api.md has the reference that proto/maglev.proto gives", () => {
  assert.ok(apiDocs(page, proto) === page, "run scripts/generate-api-docs");
});

Deno.test("what people wrote above the reference is kept, and a page without its marker refused", () => {
  const written = page.replace("# The control API", "# Another title");
  assert.equal(apiDocs(written, proto), written);
  assert.throws(() => apiDocs("# The control API\n", proto), /no line/);
});

Deno.test("calls that grpcurl makes in the page are there", () => {
  const { service } = readProto("maglev.proto", proto);
  const names = service.methods.map(({ name }) => name);
  const called = [...page.matchAll(/maglev\.Maglev\/(\w+)/g)].map(([, name = ""]) => name);
  assert.ok(called.length > 3);
  for (const name of called) assert.ok(names.includes(name), name);
});

Deno.test("each kind of call and field has its form", () => {
  const file = readProto(
    "small.proto",
    `syntax = "proto3"; package small;
    // Serves.
    service Small {
      // Reads a | b.
      rpc Get(Question) returns (Answer) { option idempotency_level = NO_SIDE_EFFECTS; }
      // Changes things.
      rpc Set(Question) returns (stream Answer);
    }
    // Asks.
    message Question {}
    // Answers, in words and numbers.
    message Answer {
      // Some.
      repeated string words = 1;
      // One of two.
      oneof either {
        // The question again.
        Question question = 2;
      }
    }`,
  );
  const expected = `## Calls

| call    | request               | response                    | errors      | what it does    |
| ------- | --------------------- | --------------------------- | ----------- | --------------- |
| \`Get\`   | [Question](#question) | [Answer](#answer)           |             | Reads a \\| b.   |
| \`Set\` * | [Question](#question) | stream of [Answer](#answer) | \`NOT_FOUND\` | Changes things. |

## Messages

### Question

Asks.

### Answer

Answers, in words and numbers.

| field      | number | type                                  | meaning             |
| ---------- | ------ | ------------------------------------- | ------------------- |
| \`words\`    | 1      | repeated string                       | Some.               |
| \`question\` | 2      | [Question](#question) in oneof either | The question again. |
`;
  assert.equal(protoMarkdown(file, { Get: [], Set: ["NOT_FOUND"] }), expected);
  assert.throws(() => protoMarkdown(file, { Get: [], Put: [] }), /errors of Set, Put/);
});
