package recipe

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"ganvas/engine/nn"
)

// lineWidth is the longest line of layers; longer lists are written with one layer a line.
const lineWidth = 120

// Bytes returns the recipe as canonical TOML: every key in a fixed order, numbers in their shortest
// form. The same run has the same bytes, and Parse makes the same recipe of them.
func (r *Recipe) Bytes() []byte {
	var b strings.Builder
	var table string
	for _, k := range keys {
		name := k.Name
		if t, rest, ok := strings.Cut(k.Name, "."); ok {
			if t != table {
				fmt.Fprintf(&b, "\n[%s]\n", t)
				table = t
			}
			name = rest
		}
		switch k.Name {
		case "data", "batch", "objective":
			b.WriteByte('\n')
		}
		writeValue(&b, name, k.field(r))
	}
	return []byte(b.String())
}

func writeValue(b *strings.Builder, name string, field any) {
	var text string
	switch v := field.(type) {
	case *string:
		text = quote(*v)
	case *[]string:
		text = formatLayers(*v, ", ")
		if len(name)+len(text)+3 > lineWidth {
			text = formatLayers(*v, ",\n    ")
			text = "[\n    " + strings.Trim(text, "[]") + ",\n]"
		}
	default:
		text = format(field)
	}
	fmt.Fprintf(b, "%s = %s\n", name, text)
}

// format returns the value that field points to as Get gives it and Set takes it.
func format(field any) string {
	switch v := field.(type) {
	case *int:
		return strconv.Itoa(*v)
	case *uint64:
		return strconv.FormatUint(*v, 10)
	case *float64:
		return formatFloat(*v)
	case *bool:
		return strconv.FormatBool(*v)
	case *string:
		return *v
	case *[]string:
		return formatLayers(*v, ", ")
	}
	panic(fmt.Sprintf("recipe: field of type %T", field))
}

func formatLayers(layers []string, separator string) string {
	words := make([]string, len(layers))
	for i, s := range layers {
		words[i] = quote(canonicalLayer(s))
	}
	return "[" + strings.Join(words, separator) + "]"
}

// canonicalLayer returns the canonical text of a layer, or s itself if it is misspelt.
func canonicalLayer(s string) string {
	if l, err := nn.ParseLayer(s); err == nil {
		return l.String()
	}
	return s
}

// formatFloat returns the shortest text that reads back as v and that TOML takes for a float: 0.1,
// 10.0, 2e-4.
func formatFloat(v float64) string {
	switch a := math.Abs(v); {
	case math.IsNaN(v):
		return "nan"
	case math.IsInf(v, 0):
		return strings.ToLower(strings.TrimPrefix(strconv.FormatFloat(v, 'g', -1, 64), "+"))
	case v == 0:
		return "0.0" // not −0
	case a < 1e-3 || a >= 1e6:
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', -1, 64), "e")
		n, _ := strconv.Atoi(exponent)
		return mantissa + "e" + strconv.Itoa(n)
	}
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

// shortNumber is formatFloat for people: without a needless ".0".
func shortNumber(v float64) string { return strings.TrimSuffix(formatFloat(v), ".0") }

// quote returns s as a TOML basic string.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteRune(c)
		case c < ' ' || c == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, c)
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}
