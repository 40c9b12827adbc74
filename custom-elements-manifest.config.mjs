// A class in src/elements/<tag>/<tag>.ts whose name is the tag's Pascal form is the element.
// The kit is read too, so that elements inherit what their base class documents, and then left out.
const elementFile = /src\/elements\/([a-z-]+)\/\1\.ts$/;

/** Lit's and ours: called by the browser or the framework, never by a page. */
const lifecycle = /Callback$|^(styles|willUpdate|firstUpdated|updated|render|shouldUpdate)$/;

export function publicSurface() {
  return {
    name: 'inlay-public-surface',
    packageLinkPhase({ customElementsManifest: manifest }) {
      manifest.modules = manifest.modules.filter(({ path }) => elementFile.test(path));
      for (const module of manifest.modules) {
        const tag = elementFile.exec(module.path)[1];
        const className = tag.replace(/(?:^|-)(.)/g, (_, letter) => letter.toUpperCase());
        module.declarations = module.declarations.filter(({ name }) => name === className);
        module.exports = module.exports.filter(({ name }) => name === className);
        // The package ships the built files.
        module.path = `dist/${module.path.replace(/\.ts$/, '.js')}`;
        for (const link of module.exports) link.declaration.module = module.path;
        for (const declaration of module.declarations) {
          Object.assign(declaration, { customElement: true, tagName: tag });
          // Beside the documented events the analyzer lists arguments of dispatchEvent calls.
          declaration.events = declaration.events?.filter(({ name }) => name?.startsWith('inlay-'));
          declaration.members = declaration.members?.filter(
            (member) =>
              (member.privacy ?? 'public') === 'public' &&
              !/^[#[]/.test(member.name) &&
              !lifecycle.test(member.name),
          );
          // Lit's reactive state is listed as an attribute, too.
          declaration.attributes = declaration.attributes?.filter(({ fieldName }) =>
            declaration.members.some(({ name }) => name === fieldName),
          );
        }
      }
      manifest.modules.sort((a, b) => a.path.localeCompare(b.path));
    },
  };
}

export default {
  globs: ['src/elements/**/*.ts', 'src/kit/*.ts'],
  litelement: true,
  packagejson: false,
  plugins: [publicSurface()],
};
