/** Languages shipped besides English; each has a file here of its name. */
export const languages: readonly string[] = ['ar'];
