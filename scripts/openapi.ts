// Prints the OpenAPI document of the contract, for linters and other tools.
import { openapiDocument } from '../mock-server/docs/openapi.js';

console.log(JSON.stringify(openapiDocument(), null, 2));
