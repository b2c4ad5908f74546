/**
 * What parsing a scalar comes to: its value, or what is wrong with the text in words that complete
 * the sentence "this is …".
 */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };
