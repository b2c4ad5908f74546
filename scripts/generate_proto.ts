/**
 * Writes src/rpc/maglev_pb.ts from proto/maglev.proto.
 *
 * @module
 */

import { readProto } from "./proto_file.ts";
import { protoTypeScript } from "./proto_typescript.ts";

const root = new URL("../", import.meta.url);
const source = Deno.readTextFileSync(new URL("proto/maglev.proto", root));
const generated = protoTypeScript(readProto("maglev.proto", source));
Deno.writeTextFileSync(new URL("src/rpc/maglev_pb.ts", root), generated);
