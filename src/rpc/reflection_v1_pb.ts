/**
 * The messages of proto/grpc/reflection/v1/reflection.proto and how they look on the wire.
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
export const serviceName = "grpc.reflection.v1.ServerReflection";

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

/** The FileDescriptorProto of proto/grpc/reflection/v1/reflection.proto, in base64. */
export const descriptor = [
  "CiNncnBjL3JlZmxlY3Rpb24vdjEvcmVmbGVjdGlvbi5wcm90bxISZ3JwYy5yZWZsZWN0aW9uLnYxIvMCChdTZXJ2ZXJS",
  "ZWZsZWN0aW9uUmVxdWVzdBISCgRob3N0GAEgASgJUgRob3N0EioKEGZpbGVfYnlfZmlsZW5hbWUYAyABKAlIAFIOZmls",
  "ZUJ5RmlsZW5hbWUSNgoWZmlsZV9jb250YWluaW5nX3N5bWJvbBgEIAEoCUgAUhRmaWxlQ29udGFpbmluZ1N5bWJvbBJi",
  "ChlmaWxlX2NvbnRhaW5pbmdfZXh0ZW5zaW9uGAUgASgLMiQuZ3JwYy5yZWZsZWN0aW9uLnYxLkV4dGVuc2lvblJlcXVl",
  "c3RIAFIXZmlsZUNvbnRhaW5pbmdFeHRlbnNpb24SQgodYWxsX2V4dGVuc2lvbl9udW1iZXJzX29mX3R5cGUYBiABKAlI",
  "AFIZYWxsRXh0ZW5zaW9uTnVtYmVyc09mVHlwZRIlCg1saXN0X3NlcnZpY2VzGAcgASgJSABSDGxpc3RTZXJ2aWNlc0IR",
  "Cg9tZXNzYWdlX3JlcXVlc3QiZgoQRXh0ZW5zaW9uUmVxdWVzdBInCg9jb250YWluaW5nX3R5cGUYASABKAlSDmNvbnRh",
  "aW5pbmdUeXBlEikKEGV4dGVuc2lvbl9udW1iZXIYAiABKAVSD2V4dGVuc2lvbk51bWJlciKuBAoYU2VydmVyUmVmbGVj",
  "dGlvblJlc3BvbnNlEh0KCnZhbGlkX2hvc3QYASABKAlSCXZhbGlkSG9zdBJWChBvcmlnaW5hbF9yZXF1ZXN0GAIgASgL",
  "MisuZ3JwYy5yZWZsZWN0aW9uLnYxLlNlcnZlclJlZmxlY3Rpb25SZXF1ZXN0Ug9vcmlnaW5hbFJlcXVlc3QSZgoYZmls",
  "ZV9kZXNjcmlwdG9yX3Jlc3BvbnNlGAQgASgLMiouZ3JwYy5yZWZsZWN0aW9uLnYxLkZpbGVEZXNjcmlwdG9yUmVzcG9u",
  "c2VIAFIWZmlsZURlc2NyaXB0b3JSZXNwb25zZRJyCh5hbGxfZXh0ZW5zaW9uX251bWJlcnNfcmVzcG9uc2UYBSABKAsy",
  "Ky5ncnBjLnJlZmxlY3Rpb24udjEuRXh0ZW5zaW9uTnVtYmVyUmVzcG9uc2VIAFIbYWxsRXh0ZW5zaW9uTnVtYmVyc1Jl",
  "c3BvbnNlEl8KFmxpc3Rfc2VydmljZXNfcmVzcG9uc2UYBiABKAsyJy5ncnBjLnJlZmxlY3Rpb24udjEuTGlzdFNlcnZp",
  "Y2VSZXNwb25zZUgAUhRsaXN0U2VydmljZXNSZXNwb25zZRJKCg5lcnJvcl9yZXNwb25zZRgHIAEoCzIhLmdycGMucmVm",
  "bGVjdGlvbi52MS5FcnJvclJlc3BvbnNlSABSDWVycm9yUmVzcG9uc2VCEgoQbWVzc2FnZV9yZXNwb25zZSJMChZGaWxl",
  "RGVzY3JpcHRvclJlc3BvbnNlEjIKFWZpbGVfZGVzY3JpcHRvcl9wcm90bxgBIAMoDFITZmlsZURlc2NyaXB0b3JQcm90",
  "byJqChdFeHRlbnNpb25OdW1iZXJSZXNwb25zZRIkCg5iYXNlX3R5cGVfbmFtZRgBIAEoCVIMYmFzZVR5cGVOYW1lEikK",
  "EGV4dGVuc2lvbl9udW1iZXIYAiADKAVSD2V4dGVuc2lvbk51bWJlciJUChNMaXN0U2VydmljZVJlc3BvbnNlEj0KB3Nl",
  "cnZpY2UYASADKAsyIy5ncnBjLnJlZmxlY3Rpb24udjEuU2VydmljZVJlc3BvbnNlUgdzZXJ2aWNlIiUKD1NlcnZpY2VS",
  "ZXNwb25zZRISCgRuYW1lGAEgASgJUgRuYW1lIlMKDUVycm9yUmVzcG9uc2USHQoKZXJyb3JfY29kZRgBIAEoBVIJZXJy",
  "b3JDb2RlEiMKDWVycm9yX21lc3NhZ2UYAiABKAlSDGVycm9yTWVzc2FnZTKJAQoQU2VydmVyUmVmbGVjdGlvbhJ1ChRT",
  "ZXJ2ZXJSZWZsZWN0aW9uSW5mbxIrLmdycGMucmVmbGVjdGlvbi52MS5TZXJ2ZXJSZWZsZWN0aW9uUmVxdWVzdBosLmdy",
  "cGMucmVmbGVjdGlvbi52MS5TZXJ2ZXJSZWZsZWN0aW9uUmVzcG9uc2UoATABQjZaNGdvb2dsZS5nb2xhbmcub3JnL2dy",
  "cGMvcmVmbGVjdGlvbi9ncnBjX3JlZmxlY3Rpb25fdjFiBnByb3RvMw==",
].join("");
