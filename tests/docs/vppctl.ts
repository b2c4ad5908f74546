/**
 * What stands in for `vppctl` where pages are acted: it asks by the binary API, whose answer is the same.
 *
 * @module
 */

import { connectApi } from "../../src/vpp/api/mod.ts";
import { cliInband } from "../../src/vpp/wire/mod.ts";

const api = await connectApi({ path: Deno.env.get("MAGLEV_VPP_API_ADDR") ?? "" });
const { reply } = await api.call(cliInband, { cmd: Deno.args.join(" ") });
await Deno.stdout.write(new TextEncoder().encode(reply.endsWith("\n") ? reply : `${reply}\n`));
await api.close();
