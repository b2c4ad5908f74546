/**
 * What a client can read, by the headers of its request.
 *
 * @module
 */

import type { Format } from "./render.ts";

/** The value of `Content-Type` for each format. */
export const contentTypes: Readonly<Record<Format, string>> = {
  text: "text/plain; version=0.0.4; charset=utf-8",
  openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
};

/** The format that `Accept` prefers; text where it wants neither, or says nothing. */
export function chooseFormat(accept: string | null): Format {
  let openmetrics = 0;
  let text = 0;
  for (const { name, parameters, quality } of choices(accept)) {
    const version = parameters.get("version");
    if (name === "application/openmetrics-text") {
      if (version === undefined || version === "1.0.0") {
        openmetrics = Math.max(openmetrics, quality);
      }
    } else if (name === "text/plain" || name === "text/*" || name === "*/*") {
      if (version === undefined || version === "0.0.4") text = Math.max(text, quality);
    }
  }
  return openmetrics > 0 && openmetrics >= text ? "openmetrics" : "text";
}

/** Whether `Accept-Encoding` takes gzip. */
export function acceptsGzip(acceptEncoding: string | null): boolean {
  const all = [...choices(acceptEncoding)];
  const choice = all.find(({ name }) => name === "gzip" || name === "x-gzip") ??
    all.find(({ name }) => name === "*");
  return choice !== undefined && choice.quality > 0;
}

/** One of the things that a header lists. */
interface Choice {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly quality: number;
}

function choices(header: string | null): readonly Choice[] {
  return (header ?? "").toLowerCase().split(",").map((item) => {
    const [name = "", ...rest] = item.split(";").map((part) => part.trim());
    const parameters = new Map(rest.map((part) => {
      const [key = "", value = ""] = part.split("=");
      return [key.trim(), value.trim().replace(/^"(.*)"$/, "$1")];
    }));
    const quality = Number(parameters.get("q") ?? 1);
    return { name, parameters, quality: quality >= 0 && quality <= 1 ? quality : 0 };
  });
}
