export { GeneratorPage } from "./GeneratorPage";
export { GeneratorPanel } from "./GeneratorPanel";
