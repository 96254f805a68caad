declare module 'virtual:antd.css';
declare module 'virtual:schema-words' {
  const words: Readonly<Record<string, Readonly<Record<string, readonly [zh: string, en: string]>>>>;
  export default words;
}
