"""The part of Vega that draws our charts in a browser, as one module for the site.

vl-convert carries Vega's modules and a bundler. Only what our specifications use is bundled (no maps, forces, trees,
no Vega-Lite, no vega-embed): half the size of the usual bundle. Expressions are interpreted, not compiled, so that a
page may forbid the evaluation of text as code.
"""

from importlib.metadata import version

from regional_index.cache import Cache, key_of

# The versions that the pinned vl-convert carries; its bundler says at once when it does not have one.
MODULES = {
    "vega-dataflow": "6.1.0",
    "vega-encode": "5.1.0",
    "vega-interpreter": "2.0.0",
    "vega-parser": "7.1.0",
    "vega-transforms": "5.1.0",
    "vega-view": "6.1.0",
    "vega-view-transforms": "5.1.0",
}
BUNDLE, SCRIPT = "bundle", "vega.js"
_SNIPPET = """
import {{ transforms }} from "{vega-dataflow}";
import * as encode from "{vega-encode}";
import * as basic from "{vega-transforms}";
import * as layout from "{vega-view-transforms}";
import {{ expressionInterpreter }} from "{vega-interpreter}";
import {{ parse }} from "{vega-parser}";
import {{ View }} from "{vega-view}";
Object.assign(transforms, basic, layout, encode);
export {{ expressionInterpreter, parse, View }};
"""


def vega_bundle(cache: Cache) -> bytes:
    """An ES module that exports `parse, View, expressionInterpreter` of Vega; made once for a version of vl-convert."""
    snippet = _SNIPPET.format(**{name: f"/npm/{name}@{number}/+esm" for name, number in MODULES.items()})

    def make() -> dict[str, bytes]:
        import vl_convert

        return {SCRIPT: vl_convert.javascript_bundle(snippet).encode()}

    return cache.get(BUNDLE, key_of("regional_index.errors", snippet, version("vl-convert-python")), make)[SCRIPT]
