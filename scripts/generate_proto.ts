/**
 * Writes a TypeScript file in src/rpc for each file of proto/.
 *
 * @module
 */

import { generatedFolder, protoSources, readProtoSource } from "./proto_sources.ts";
import { protoTypeScript } from "./proto_typescript.ts";

for (const source of protoSources) {
  const text = protoTypeScript(readProtoSource(source));
  Deno.writeTextFileSync(new URL(source.generated, generatedFolder), text);
}
