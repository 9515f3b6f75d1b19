export { AskStep } from "./AskStep";
