/**
 * The messages of proto/grpc/reflection/v1alpha/reflection.proto and how they look on the wire.
 *
 * Written by scripts/generate-proto: change the .proto file and run that.
 *
 * @module
 */

import { message, type MessageType } from "./wire.ts";

/** An extension. */
export interface ExtensionRequest {
  /** The full name of the message that it extends. */
  readonly containingType: string;
  /** Its number. */
  readonly extensionNumber: number;
}
export const ExtensionRequest: MessageType<ExtensionRequest> = message({
  containingType: { number: 1, type: "string" },
  extensionNumber: { number: 2, type: "int32" },
});

/** A question. */
export interface ServerReflectionRequest {
  /** The host that is meant, where a server has several. */
  readonly host: string;
  /** Asks for the file of this name. */
  readonly fileByFilename?: string | undefined;
  /** Asks for the file that declares this full name: a service, method, message, field or enum. */
  readonly fileContainingSymbol?: string | undefined;
  /** Asks for the file that declares this extension. */
  readonly fileContainingExtension?: ExtensionRequest | undefined;
  /** Asks for the numbers of all extensions of this message. */
  readonly allExtensionNumbersOfType?: string | undefined;
  /** Asks for the names of the services. The text means nothing. */
  readonly listServices?: string | undefined;
}
export const ServerReflectionRequest: MessageType<ServerReflectionRequest> = message({
  host: { number: 1, type: "string" },
  fileByFilename: { number: 3, type: "string", oneof: "message_request" },
  fileContainingSymbol: { number: 4, type: "string", oneof: "message_request" },
  fileContainingExtension: { number: 5, type: ExtensionRequest, oneof: "message_request" },
  allExtensionNumbersOfType: { number: 6, type: "string", oneof: "message_request" },
  listServices: { number: 7, type: "string", oneof: "message_request" },
});

/** Files. */
export interface FileDescriptorResponse {
  /** Each is a FileDescriptorProto. */
  readonly fileDescriptorProto: readonly Uint8Array[];
}
export const FileDescriptorResponse: MessageType<FileDescriptorResponse> = message({
  fileDescriptorProto: { number: 1, type: "bytes", label: "repeated" },
});

/** The extensions of a message. */
export interface ExtensionNumberResponse {
  /** The full name of the message. */
  readonly baseTypeName: string;
  /** Their numbers, in no order. */
  readonly extensionNumber: readonly number[];
}
export const ExtensionNumberResponse: MessageType<ExtensionNumberResponse> = message({
  baseTypeName: { number: 1, type: "string" },
  extensionNumber: { number: 2, type: "int32", label: "repeated" },
});

/** A service. */
export interface ServiceResponse {
  /** Its full name. */
  readonly name: string;
}
export const ServiceResponse: MessageType<ServiceResponse> = message({
  name: { number: 1, type: "string" },
});

/** The services of a server. */
export interface ListServiceResponse {
  /** In no order. */
  readonly service: readonly ServiceResponse[];
}
export const ListServiceResponse: MessageType<ListServiceResponse> = message({
  service: { number: 1, type: ServiceResponse, label: "repeated" },
});

/** Why a question has no answer. */
export interface ErrorResponse {
  /** The number of a status of gRPC. */
  readonly errorCode: number;
  /** The reason, for people. */
  readonly errorMessage: string;
}
export const ErrorResponse: MessageType<ErrorResponse> = message({
  errorCode: { number: 1, type: "int32" },
  errorMessage: { number: 2, type: "string" },
});

/** An answer. */
export interface ServerReflectionResponse {
  /** The host of the request. */
  readonly validHost: string;
  /** The request. */
  readonly originalRequest?: ServerReflectionRequest | undefined;
  /** The file that was asked for. */
  readonly fileDescriptorResponse?: FileDescriptorResponse | undefined;
  /** The numbers of the extensions that were asked for. */
  readonly allExtensionNumbersResponse?: ExtensionNumberResponse | undefined;
  /** The services. */
  readonly listServicesResponse?: ListServiceResponse | undefined;
  /** Why there is no other answer. */
  readonly errorResponse?: ErrorResponse | undefined;
}
export const ServerReflectionResponse: MessageType<ServerReflectionResponse> = message({
  validHost: { number: 1, type: "string" },
  originalRequest: { number: 2, type: ServerReflectionRequest },
  fileDescriptorResponse: { number: 4, type: FileDescriptorResponse, oneof: "message_response" },
  allExtensionNumbersResponse: {
    number: 5,
    type: ExtensionNumberResponse,
    oneof: "message_response",
  },
  listServicesResponse: { number: 6, type: ListServiceResponse, oneof: "message_response" },
  errorResponse: { number: 7, type: ErrorResponse, oneof: "message_response" },
});

/** The full name of the service. */
export const serviceName = "grpc.reflection.v1alpha.ServerReflection";

/** The methods of the service, with their messages; `changes` is false of those that only look. */
export const methods = {
  /** One answer to each request, in their order. */
  ServerReflectionInfo: {
    name: "ServerReflectionInfo",
    request: ServerReflectionRequest,
    response: ServerReflectionResponse,
    type: "bidi_stream",
    changes: false,
  },
} as const;

/** The FileDescriptorProto of proto/grpc/reflection/v1alpha/reflection.proto, in base64. */
export const descriptor = [
  "CihncnBjL3JlZmxlY3Rpb24vdjFhbHBoYS9yZWZsZWN0aW9uLnByb3RvEhdncnBjLnJlZmxlY3Rpb24udjFhbHBoYSL4",
  "AgoXU2VydmVyUmVmbGVjdGlvblJlcXVlc3QSEgoEaG9zdBgBIAEoCVIEaG9zdBIqChBmaWxlX2J5X2ZpbGVuYW1lGAMg",
  "ASgJSABSDmZpbGVCeUZpbGVuYW1lEjYKFmZpbGVfY29udGFpbmluZ19zeW1ib2wYBCABKAlIAFIUZmlsZUNvbnRhaW5p",
  "bmdTeW1ib2wSZwoZZmlsZV9jb250YWluaW5nX2V4dGVuc2lvbhgFIAEoCzIpLmdycGMucmVmbGVjdGlvbi52MWFscGhh",
  "LkV4dGVuc2lvblJlcXVlc3RIAFIXZmlsZUNvbnRhaW5pbmdFeHRlbnNpb24SQgodYWxsX2V4dGVuc2lvbl9udW1iZXJz",
  "X29mX3R5cGUYBiABKAlIAFIZYWxsRXh0ZW5zaW9uTnVtYmVyc09mVHlwZRIlCg1saXN0X3NlcnZpY2VzGAcgASgJSABS",
  "DGxpc3RTZXJ2aWNlc0IRCg9tZXNzYWdlX3JlcXVlc3QiZgoQRXh0ZW5zaW9uUmVxdWVzdBInCg9jb250YWluaW5nX3R5",
  "cGUYASABKAlSDmNvbnRhaW5pbmdUeXBlEikKEGV4dGVuc2lvbl9udW1iZXIYAiABKAVSD2V4dGVuc2lvbk51bWJlciLH",
  "BAoYU2VydmVyUmVmbGVjdGlvblJlc3BvbnNlEh0KCnZhbGlkX2hvc3QYASABKAlSCXZhbGlkSG9zdBJbChBvcmlnaW5h",
  "bF9yZXF1ZXN0GAIgASgLMjAuZ3JwYy5yZWZsZWN0aW9uLnYxYWxwaGEuU2VydmVyUmVmbGVjdGlvblJlcXVlc3RSD29y",
  "aWdpbmFsUmVxdWVzdBJrChhmaWxlX2Rlc2NyaXB0b3JfcmVzcG9uc2UYBCABKAsyLy5ncnBjLnJlZmxlY3Rpb24udjFh",
  "bHBoYS5GaWxlRGVzY3JpcHRvclJlc3BvbnNlSABSFmZpbGVEZXNjcmlwdG9yUmVzcG9uc2USdwoeYWxsX2V4dGVuc2lv",
  "bl9udW1iZXJzX3Jlc3BvbnNlGAUgASgLMjAuZ3JwYy5yZWZsZWN0aW9uLnYxYWxwaGEuRXh0ZW5zaW9uTnVtYmVyUmVz",
  "cG9uc2VIAFIbYWxsRXh0ZW5zaW9uTnVtYmVyc1Jlc3BvbnNlEmQKFmxpc3Rfc2VydmljZXNfcmVzcG9uc2UYBiABKAsy",
  "LC5ncnBjLnJlZmxlY3Rpb24udjFhbHBoYS5MaXN0U2VydmljZVJlc3BvbnNlSABSFGxpc3RTZXJ2aWNlc1Jlc3BvbnNl",
  "Ek8KDmVycm9yX3Jlc3BvbnNlGAcgASgLMiYuZ3JwYy5yZWZsZWN0aW9uLnYxYWxwaGEuRXJyb3JSZXNwb25zZUgAUg1l",
  "cnJvclJlc3BvbnNlQhIKEG1lc3NhZ2VfcmVzcG9uc2UiTAoWRmlsZURlc2NyaXB0b3JSZXNwb25zZRIyChVmaWxlX2Rl",
  "c2NyaXB0b3JfcHJvdG8YASADKAxSE2ZpbGVEZXNjcmlwdG9yUHJvdG8iagoXRXh0ZW5zaW9uTnVtYmVyUmVzcG9uc2US",
  "JAoOYmFzZV90eXBlX25hbWUYASABKAlSDGJhc2VUeXBlTmFtZRIpChBleHRlbnNpb25fbnVtYmVyGAIgAygFUg9leHRl",
  "bnNpb25OdW1iZXIiWQoTTGlzdFNlcnZpY2VSZXNwb25zZRJCCgdzZXJ2aWNlGAEgAygLMiguZ3JwYy5yZWZsZWN0aW9u",
  "LnYxYWxwaGEuU2VydmljZVJlc3BvbnNlUgdzZXJ2aWNlIiUKD1NlcnZpY2VSZXNwb25zZRISCgRuYW1lGAEgASgJUgRu",
  "YW1lIlMKDUVycm9yUmVzcG9uc2USHQoKZXJyb3JfY29kZRgBIAEoBVIJZXJyb3JDb2RlEiMKDWVycm9yX21lc3NhZ2UY",
  "AiABKAlSDGVycm9yTWVzc2FnZTKTAQoQU2VydmVyUmVmbGVjdGlvbhJ/ChRTZXJ2ZXJSZWZsZWN0aW9uSW5mbxIwLmdy",
  "cGMucmVmbGVjdGlvbi52MWFscGhhLlNlcnZlclJlZmxlY3Rpb25SZXF1ZXN0GjEuZ3JwYy5yZWZsZWN0aW9uLnYxYWxw",
  "aGEuU2VydmVyUmVmbGVjdGlvblJlc3BvbnNlKAEwAUI7Wjlnb29nbGUuZ29sYW5nLm9yZy9ncnBjL3JlZmxlY3Rpb24v",
  "Z3JwY19yZWZsZWN0aW9uX3YxYWxwaGFiBnByb3RvMw==",
].join("");
