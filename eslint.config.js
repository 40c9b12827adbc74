import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

const zodOnlyMini = {
  paths: [{ name: 'zod', message: "Import * as z from 'zod/mini': full zod trips a strict CSP." }],
};

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', 'bench/**/vendor/'] },
  tseslint.configs.strict,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-restricted-imports': ['error', zodOnlyMini],
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportDeclaration[source.value='zod/mini'] > ImportSpecifier",
          message: "Write import * as z from 'zod/mini': named imports pull in all of zod.",
        },
        {
          selector:
            'MemberExpression[property.name="only"][object.name=/^(it|test|describe|suite)$/]',
          message: 'A focused test hides all others.',
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'all' },
      ],
      // Too narrow for type-level tables (`Output extends void ? …`).
      '@typescript-eslint/no-invalid-void-type': 'off',
      // `noUncheckedIndexedAccess` makes the assertion the honest form where an index is known.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-console': ['error', { allow: ['warn', 'error'] }],
    },
  },
  {
    files: ['mock-server/**/*.ts'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    },
  },
  {
    files: ['src/kit/**/*.ts', 'src/elements/**/*.ts'],
    plugins: { lit, wc, 'lit-a11y': litA11y },
    rules: {
      ...lit.configs['flat/recommended'].rules,
      'lit/no-classfield-shadowing': 'off', // useDefineForClassFields is false.
      'lit/no-legacy-imports': 'error',
      'lit/no-private-properties': 'error',
      'lit/prefer-nothing': 'error',
      'lit/no-value-attribute': 'error',
      'lit/no-this-assign-in-render': 'error',
      'lit/no-useless-template-literals': 'error',
      'lit/lifecycle-super': 'error',
      ...wc.configs['flat/best-practice'].rules,
      // Elements keep their registration in define.ts.
      'wc/define-tag-after-class-definition': 'off',
      ...litA11y.configs.recommended.rules,
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // expect(x).to.be.true is a statement.
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
);
