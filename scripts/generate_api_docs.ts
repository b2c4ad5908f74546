/**
 * Writes the reference in docs/api.md from proto/maglev.proto.
 *
 * @module
 */

import { apiDocs } from "./api_docs.ts";

const root = new URL("../", import.meta.url);
const page = new URL("docs/api.md", root);
const proto = Deno.readTextFileSync(new URL("proto/maglev.proto", root));
Deno.writeTextFileSync(page, apiDocs(Deno.readTextFileSync(page), proto));
