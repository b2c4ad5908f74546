/**
 * Modules as one text, of which only what is needed is evaluated.
 *
 * The runtime takes longer to parse the whole program than to run most commands, and far longer to load
 * modules than scripts. So each module becomes a function, which is parsed and called when it is first
 * imported:
 *
 *     import{a as b}from"./c.js";…;export{d as e};
 *     (async function(load){"use strict";const{a:b}=await load("./c.js");…;return{get e(){return d}};})
 *
 * It is made for what the bundler writes: exports last, no circles, and no variable that is exported and
 * assigned later. Whatever is not like that does not parse as a function, and is an
 * error here.
 *
 * @module
 */

import type { Bundle } from "./build_bundle.ts";

/** A program as one text, with the part that is evaluated first. */
export interface Script {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The length of the loader in bytes: a function to be called with all bytes. */
  readonly loaderLength: number;
}

/**
 * Makes one text of modules.
 *
 * @throws {Error} A module is not as the bundler writes them.
 */
export function packModules(modules: Bundle): Script {
  const encoder = new TextEncoder();
  const index: Record<string, readonly [start: number, end: number]> = {};
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const [name, text] of modules) {
    const part = encoder.encode(functionOf(name, text));
    index[`./${name}`] = [length, length += part.length];
    parts.push(part);
  }
  const loader = encoder.encode(loaderOf(index));
  const bytes = new Uint8Array(loader.length + length);
  let end = 0;
  for (const part of [loader, ...parts]) {
    bytes.set(part, end);
    end += part.length;
  }
  return { bytes, loaderLength: loader.length };
}

/** What finds a module by its name, and evaluates it once. It starts with `main.js`. */
function loaderOf(index: Readonly<Record<string, readonly [number, number]>>): string {
  return `(function(bytes,length){"use strict";
const index=${JSON.stringify(index)},loaded=new Map(),decoder=new TextDecoder();
const load=(name)=>{
let exports=loaded.get(name);
if(exports===undefined){
const[start,end]=index[name];
exports=(0,eval)(decoder.decode(bytes.subarray(length+start,length+end)))(load);
loaded.set(name,exports);
}
return exports;
};
return load("./main.js");
})
//# sourceURL=maglev/loader.js
`;
}

/** `import{a as b}from"./c.js";`, or without names; the runtime's own may stand further below. */
const imported = /(?<=^|[;}\n])import\s*(?:([\w$\s{},*]+?)\s*from\s*)?"((?:\.\/|node:)[^"]+)";/g;
/** `export{d as e};`, and after it nothing but licences. */
const exported = /export\s*\{([^}]*)\};(?=\s*(?:\/\*![^]*?\*\/\s*)*$)/;

function functionOf(name: string, text: string): string {
  const imports: string[] = [];
  const body = text
    .replaceAll(imported, (_, names, specifier) => {
      imports.push(importOf(names, specifier));
      return "";
    })
    .replace(exported, (_, names) => returnOf(names))
    .replaceAll(/\bimport\(("\.\/[^"]+")\)/g, "load($1)")
    .replaceAll("import.meta.main", `${name === "main.js"}`);
  // In parentheses, which tell V8 to compile it at once, and not twice.
  const packed = `(async function(load){"use strict";
${imports.join("")}${body}
})
//# sourceURL=maglev/${name}
`;
  try {
    new Function(`return ${packed}`);
  } catch (error) {
    throw new Error(`the module ${name} is not as it is expected to be`, { cause: error });
  }
  return packed;
}

/** `import a,{b as c}from"…";`, or `import*as a from"…";`, as a declaration. */
function importOf(names: string | undefined, specifier: string): string {
  const module = JSON.stringify(specifier);
  const call = `await ${specifier.startsWith("./") ? "load" : "import"}(${module});`;
  if (names === undefined) return call;
  const { whole, standard, parts } =
    /^(?:\*\s*as\s+(?<whole>[\w$]+)|(?<standard>[\w$]+)?,?(?:\{(?<parts>[^}]*)\})?)$/.exec(names)
      ?.groups ?? {};
  if (whole !== undefined) return `const ${whole}=${call}`;
  const taken = [standard && `default:${standard}`, parts?.replaceAll(/\s+as\s+/g, ":")];
  return `const{${taken.filter(Boolean).join(",")}}=${call}`;
}

/** `export{a as b,c};` as a return. */
function returnOf(names: string): string {
  const getters = names.split(",").map((each) => {
    const [inside = "", outside = inside] = each.trim().split(/\s+as\s+/);
    return `get ${outside}(){return ${inside}}`;
  });
  return `return{${getters.join(",")}};`;
}
