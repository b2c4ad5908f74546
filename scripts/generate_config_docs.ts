/**
 * Writes the reference in docs/configuration.md from the configuration's schema and its checks.
 *
 * @module
 */

import { jsonSchema } from "../src/config/mod.ts";
import { configDocs } from "./config_docs.ts";

const docs = new URL("../docs/", import.meta.url);
const page = new URL("configuration.md", docs);
const sample = Deno.readTextFileSync(new URL("maglev.yaml", docs));
Deno.writeTextFileSync(page, configDocs(Deno.readTextFileSync(page), jsonSchema(), sample));
