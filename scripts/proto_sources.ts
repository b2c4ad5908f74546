/**
 * The .proto files that the program speaks.
 *
 * @module
 */

import { type ProtoFile, readProto, type ReadProtoOptions } from "./proto_file.ts";

/** A .proto file and what becomes of it. */
export interface ProtoSource extends ReadProtoOptions {
  /** Its path within proto/, which is its name in the descriptor. */
  readonly name: string;
  /** The name of the TypeScript file in src/rpc. */
  readonly generated: string;
}

/** All files of proto/. */
export const protoSources: readonly ProtoSource[] = [
  { name: "maglev.proto", generated: "maglev_pb.ts" },
  { name: "grpc/health/v1/health.proto", generated: "health_pb.ts", changes: "never" },
  {
    name: "grpc/reflection/v1/reflection.proto",
    generated: "reflection_v1_pb.ts",
    changes: "never",
  },
  {
    name: "grpc/reflection/v1alpha/reflection.proto",
    generated: "reflection_v1alpha_pb.ts",
    changes: "never",
  },
];

/** The folder of the .proto files. */
export const protoFolder = new URL("../proto/", import.meta.url);

/** The folder of what is generated. */
export const generatedFolder = new URL("../src/rpc/", import.meta.url);

/** Reads one of the files. */
export function readProtoSource({ name, ...options }: ProtoSource): ProtoFile {
  return readProto(name, Deno.readTextFileSync(new URL(name, protoFolder)), options);
}
