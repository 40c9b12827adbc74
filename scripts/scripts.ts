/** The scripts for script tags, each one file in dist/: name and source. */
export const scripts: Record<string, string> = {
  inlay: 'src/embed.ts',
  'inlay.users': 'src/embed/users.ts',
  'inlay.notifications': 'src/embed/notifications.ts',
};
