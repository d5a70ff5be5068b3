/** A style sheet as text, made small when the module is built. */
declare module '*.css' {
  const css: string;
  export default css;
}
