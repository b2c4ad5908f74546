/**
 * Server reflection: tells clients that have no .proto files which services there are, and of what
 * messages.
 *
 * @module
 */

import { quote } from "./quote.ts";
import { FileDescriptor } from "./reflection_descriptor.ts";
import { symbolsOf } from "./reflection_symbols.ts";
import * as v1 from "./reflection_v1_pb.ts";
import * as v1alpha from "./reflection_v1alpha_pb.ts";
import { type Service, service } from "./service.ts";
import { type StatusCode, statusCodes } from "./status.ts";

/** A file that reflection tells of, as the generated modules are. It imports no other. */
export interface DescribedFile {
  /** Its FileDescriptorProto, in base64. */
  readonly descriptor: string;
}

type Request = v1.ServerReflectionRequest;

/** An answer without what all answers have. */
type Answer = Omit<v1.ServerReflectionResponse, "validHost" | "originalRequest">;

/**
 * The services of both versions of the protocol, which differ in nothing but their names. They list
 * and describe what they are given, and themselves.
 */
export function reflectionServices(
  files: readonly DescribedFile[],
  serviceNames: readonly string[],
): readonly Service[] {
  const versions = [v1, v1alpha] as const;
  const allNames = [...serviceNames, ...versions.map(({ serviceName }) => serviceName)];
  const answer = reflector([...files, ...versions], allNames);
  async function* answerAll(requests: AsyncIterable<Request>) {
    for await (const request of requests) {
      yield { validHost: request.host, originalRequest: request, ...answer(request) };
    }
  }
  return versions.map(({ serviceName, methods }) =>
    service(serviceName, methods, { ServerReflectionInfo: answerAll })
  );
}

/** The function that answers one request. */
function reflector(
  files: readonly DescribedFile[],
  serviceNames: readonly string[],
): (request: Request) => Answer {
  /** Made at the first question, because it takes longer than all else at the program's start. */
  let made: Catalogue | undefined;
  const fileOf = (found: Uint8Array | undefined, what: string): Answer =>
    found === undefined
      ? failure("NOT_FOUND", `there is no ${what}`)
      : { fileDescriptorResponse: { fileDescriptorProto: [found] } };

  return (request) => {
    const { fileByFilename: name, fileContainingSymbol: symbol } = request;
    const { fileContainingExtension: extension, allExtensionNumbersOfType: type } = request;
    if (request.listServices !== undefined) {
      return { listServicesResponse: { service: serviceNames.map((name) => ({ name })) } };
    }
    const { byName, bySymbol, messages } = made ??= catalogue(files);
    if (name !== undefined) return fileOf(byName.get(name), `file ${quote(name)}`);
    if (symbol !== undefined) return fileOf(bySymbol.get(symbol), `symbol ${quote(symbol)}`);
    if (extension !== undefined) {
      return failure("NOT_FOUND", `${quote(extension.containingType)} has no extensions`);
    }
    if (type === undefined) {
      return failure("INVALID_ARGUMENT", "the request asks for nothing known");
    }
    if (!messages.has(type)) return failure("NOT_FOUND", `there is no message ${quote(type)}`);
    return { allExtensionNumbersResponse: { baseTypeName: type, extensionNumber: [] } };
  };
}

/** Descriptors by what clients ask for. */
interface Catalogue {
  readonly byName: ReadonlyMap<string, Uint8Array>;
  readonly bySymbol: ReadonlyMap<string, Uint8Array>;
  /** The full names of the messages. */
  readonly messages: ReadonlySet<string>;
}

function catalogue(files: readonly DescribedFile[]): Catalogue {
  const byName = new Map<string, Uint8Array>();
  const bySymbol = new Map<string, Uint8Array>();
  const messages = new Set<string>();
  for (const { descriptor } of files) {
    const bytes = Uint8Array.fromBase64(descriptor);
    const file = FileDescriptor.decode(bytes);
    byName.set(file.name, bytes);
    for (const symbol of symbolsOf(file)) bySymbol.set(symbol, bytes);
    for (const { name } of file.messageType) messages.add(`${file.package}.${name}`);
  }
  return { byName, bySymbol, messages };
}

/** Says so in the answer and not as the end of the call, which goes on. */
function failure(code: StatusCode, errorMessage: string): Answer {
  return { errorResponse: { errorCode: statusCodes.indexOf(code), errorMessage } };
}
