import { type Line, serve } from "./serve";

serve(self as unknown as Line);
