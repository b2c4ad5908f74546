/**
 * Values as Python prints them, which is how the client of the recording told what it saw.
 *
 * @module
 */

/** A value that Python printed; of an enumeration, `<type.NAME: 6>`, only the number. */
export type PythonValue =
  | number
  | boolean
  | string
  | readonly PythonValue[]
  | PythonObject;

/** `name('argument')` or `name(field=value, …)`; a dict is an object without a name. */
export interface PythonObject {
  readonly name: string;
  readonly argument: string | null;
  readonly fields: ReadonlyMap<string, PythonValue>;
}

/** Reads one value. */
function parsePython(text: string): PythonValue {
  let at = 0;

  const take = (pattern: RegExp): string | null => {
    const sticky = new RegExp(pattern, "y");
    sticky.lastIndex = at;
    const [found] = sticky.exec(text) ?? [];
    at += found?.length ?? 0;
    return found ?? null;
  };
  const expect = (pattern: RegExp): string => {
    const found = take(pattern);
    if (found === null) throw new SyntaxError(`${pattern} expected at ${text.slice(at, at + 20)}`);
    return found;
  };

  /** Fields up to the closing bracket, each with its name before the separator. */
  const fields = (separator: RegExp, end: RegExp): Map<string, PythonValue> => {
    const found = new Map<string, PythonValue>();
    while (take(end) === null) {
      const name = expect(/'?\w+'?/).replaceAll("'", "");
      expect(separator);
      found.set(name, value());
      take(/, /);
    }
    return found;
  };

  const value = (): PythonValue => {
    const number = take(/-?\d+/);
    if (number !== null) return Number(number);
    const quoted = take(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/);
    if (quoted !== null) return unquote(quoted);
    const truth = take(/True|False/);
    if (truth !== null) return truth === "True";
    if (take(/</) !== null) {
      expect(/[\w.]+: /);
      const number = Number(expect(/\d+/));
      expect(/>/);
      return number;
    }
    if (take(/\{/) !== null) return { name: "", argument: null, fields: fields(/: /, /\}/) };
    if (take(/\[/) !== null) {
      const items: PythonValue[] = [];
      while (take(/\]/) === null) {
        items.push(value());
        take(/, /);
      }
      return items;
    }
    const name = expect(/\w+/);
    expect(/\(/);
    const argument = take(/'[^']*'(?=\))/);
    return {
      name,
      argument: argument === null ? null : unquote(argument),
      fields: fields(/=/, /\)/),
    };
  };

  const result = value();
  if (at < text.length) throw new SyntaxError(`unread: ${text.slice(at, at + 20)}`);
  return result;
}

/** Reads a value that is an object. */
export function parsePythonObject(text: string): PythonObject {
  const value = parsePython(text);
  if (typeof value === "object" && "fields" in value) return value;
  throw new SyntaxError(`no object: ${text}`);
}

function unquote(quoted: string): string {
  return quoted.slice(1, -1).replaceAll(/\\(.)/g, (_, escaped) => escaped === "n" ? "\n" : escaped);
}
