import assert from "node:assert/strict";
import protobuf from "protobufjs";
import { protoFolder, protoSources } from "../../scripts/proto_sources.ts";
import * as health from "./health_pb.ts";
import * as maglev from "./maglev_pb.ts";
import { reflectionServices } from "./reflection.ts";
import { FileDescriptor } from "./reflection_descriptor.ts";
import type { ServerReflectionRequest, ServerReflectionResponse } from "./reflection_v1_pb.ts";
import { statusCodes } from "./status.ts";

const services = reflectionServices([maglev, health], ["maglev.Maglev", "grpc.health.v1.Health"]);
const call = { caller: "test", deadlineMs: Infinity, signal: new AbortController().signal };

type Question = Partial<ServerReflectionRequest>;

/** The answers to some questions, through the codec as over the wire. */
async function ask(...questions: Question[]): Promise<ServerReflectionResponse[]> {
  const all = await Promise.all(services.map((service) => askService(service, questions)));
  const [answers = [], ...others] = all;
  for (const other of others) assert.deepEqual(other, answers);
  return answers;
}

async function askService(service: typeof services[number], questions: readonly Question[]) {
  const { method, answer } = service.methods[0] ?? assert.fail();
  const requests = questions.map((each) => method.request.encode({ host: "", ...each }));
  const answers: ServerReflectionResponse[] = [];
  for await (const each of answer(stream(requests.map(method.request.decode)), call)) {
    answers.push(method.response.decode(method.response.encode(each)) as ServerReflectionResponse);
  }
  return answers;
}

async function* stream<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}

/** The file of an answer. */
function fileOf(answer: ServerReflectionResponse | undefined): FileDescriptor {
  const files = answer?.fileDescriptorResponse?.fileDescriptorProto ?? [];
  assert.equal(files.length, 1, answer?.errorResponse?.errorMessage ?? "");
  return FileDescriptor.decode(files[0] ?? assert.fail());
}

Deno.test("both versions are served, and change nothing", () => {
  assert.deepEqual(services.map(({ name }) => name), [
    "grpc.reflection.v1.ServerReflection",
    "grpc.reflection.v1alpha.ServerReflection",
  ]);
  for (const { methods } of services) {
    const shapes = methods.map(({ method: { name, type, changes } }) => ({ name, type, changes }));
    const name = "ServerReflectionInfo";
    assert.deepEqual(shapes, [{ name, type: "bidi_stream", changes: false }]);
  }
});

Deno.test("the services are listed, reflection among them", async () => {
  const [answer] = await ask({ listServices: "*" });
  assert.deepEqual(answer?.listServicesResponse?.service.map(({ name }) => name), [
    "maglev.Maglev",
    "grpc.health.v1.Health",
    "grpc.reflection.v1.ServerReflection",
    "grpc.reflection.v1alpha.ServerReflection",
  ]);
});

Deno.test("every file is found by its name", async () => {
  const names = protoSources.map(({ name }) => name);
  const answers = await ask(...names.map((fileByFilename) => ({ fileByFilename })));
  assert.deepEqual(answers.map((answer) => fileOf(answer).name), names);
});

/** The full names that are declared within, without the dot in front. */
function* namesWithin(declared: protobuf.ReflectionObject): Generator<string> {
  const parts: protobuf.ReflectionObject[] = [];
  if (declared instanceof protobuf.Namespace) parts.push(...declared.nestedArray);
  if (declared instanceof protobuf.Service) parts.push(...declared.methodsArray);
  if (declared instanceof protobuf.Type) {
    parts.push(...declared.fieldsArray, ...declared.oneofsArray);
  }
  const isPackage = declared.constructor === protobuf.Namespace ||
    declared instanceof protobuf.Root;
  if (!isPackage) yield declared.fullName.slice(1);
  if (declared instanceof protobuf.Enum) {
    const scope = declared.parent?.fullName.slice(1) ?? "";
    for (const name of Object.keys(declared.values)) yield `${scope}.${name}`;
  }
  for (const part of parts) yield* namesWithin(part);
}

Deno.test("every name that a .proto file declares leads to that file", async () => {
  for (const { name } of protoSources) {
    const source = Deno.readTextFileSync(new URL(name, protoFolder));
    const { root } = protobuf.parse(source, { keepCase: true });
    const symbols = [...namesWithin(root)];
    assert.ok(symbols.length > 8, name);
    const answers = await ask(...symbols.map((symbol) => ({ fileContainingSymbol: symbol })));
    for (const [i, answer] of answers.entries()) {
      assert.equal(answer.errorResponse, undefined, symbols[i] ?? "");
      assert.equal(fileOf(answer).name, name, symbols[i] ?? "");
    }
  }
});

Deno.test("a question without an answer ends nothing", async () => {
  const long = "x".repeat(100_000);
  const cases: [Question, code: string, message: RegExp][] = [
    [{}, "INVALID_ARGUMENT", /nothing known/],
    [{ fileByFilename: "" }, "NOT_FOUND", /no file ""/],
    [{ fileByFilename: "google/protobuf/any.proto" }, "NOT_FOUND", /any\.proto/],
    [{ fileContainingSymbol: "" }, "NOT_FOUND", /no symbol ""/],
    [{ fileContainingSymbol: "maglev" }, "NOT_FOUND", /no symbol "maglev"/],
    [{ fileContainingSymbol: "maglev.Maglev.Fly" }, "NOT_FOUND", /Fly/],
    [{ fileContainingSymbol: "__proto__" }, "NOT_FOUND", /__proto__/],
    [{ fileContainingSymbol: long }, "NOT_FOUND", /^.{1,120}$/],
    [{ allExtensionNumbersOfType: "maglev.Nothing" }, "NOT_FOUND", /Nothing/],
    [
      { fileContainingExtension: { containingType: "maglev.Event", extensionNumber: 7 } },
      "NOT_FOUND",
      /no extensions/,
    ],
  ];
  const answers = await ask(...cases.map(([question]) => question), { listServices: "" });
  for (const [i, [question, code, message]] of cases.entries()) {
    const { errorCode, errorMessage } = answers[i]?.errorResponse ?? assert.fail();
    assert.equal(statusCodes[errorCode], code, JSON.stringify(question).slice(0, 80));
    assert.match(errorMessage, message);
  }
  assert.ok(answers.at(-1)?.listServicesResponse);
});

Deno.test("a message has no extensions", async () => {
  const [answer] = await ask({ allExtensionNumbersOfType: "maglev.Event" });
  assert.deepEqual(answer?.allExtensionNumbersResponse, {
    baseTypeName: "maglev.Event",
    extensionNumber: [],
  });
});

Deno.test("an answer has the request and its host", async () => {
  const [answer] = await ask({ host: "lb.example", listServices: "all" });
  assert.equal(answer?.validHost, "lb.example");
  assert.deepEqual(answer?.originalRequest, { host: "lb.example", listServices: "all" });
});

Deno.test("a request is taken only when the answer before it was", async () => {
  let taken = 0;
  async function* requests() {
    for (;;) yield await Promise.resolve({ host: String(++taken), listServices: "" });
  }
  const { answer } = services[0]?.methods[0] ?? assert.fail();
  const answers = answer(requests(), call)[Symbol.asyncIterator]();
  for (let i = 1; i <= 10; i++) {
    await answers.next();
    assert.equal(taken, i);
  }
  await answers.return?.();
});
