import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "examples/", "scripts/", "eslint.config.js"] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Lists of unions read better as `Array<A | B>`, others as `A[]`.
      "@typescript-eslint/array-type": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
);
