/** The JSON Schema of foretell.yaml, for editors, `foretell schema` and the file that is shipped. */
import { foretellYamlJsonSchema } from '../model/foretell-yaml-schema.ts'

export function foretellSchema(): unknown {
  return foretellYamlJsonSchema()
}
