package recipe

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"ganvas/engine/nn"
)

// Set changes one key, as --set does: Set("g.lr", "1e-4"). Text is taken as it is; layers are a
// TOML array of strings, or layer strings separated by commas. The value is checked on its own;
// call Validate or Check when all changes are made. On an error, which names the key, r is
// unchanged.
func (r *Recipe) Set(name, value string) error {
	k := keyOf(alias(name))
	if k == nil {
		return fmt.Errorf("set %s: unknown key%s", name, didYouMean(name))
	}
	c := r.Clone()
	field := k.field(c)
	if err := readText(field, value); err != nil {
		return fmt.Errorf("set %s: %w", k.Name, err)
	}
	if p, bad := k.check(field); bad {
		return fmt.Errorf("set %s: %s", k.Name, p.Message)
	}
	*r = *c
	return nil
}

// Get returns the value of one key as Set takes it. The error lists the nearest keys.
func (r *Recipe) Get(name string) (string, error) {
	k := keyOf(alias(name))
	if k == nil {
		return "", fmt.Errorf("get %s: unknown key%s", name, didYouMean(name))
	}
	return format(k.field(r)), nil
}

// alias maps d.steps to d_steps, since players' other keys are written with a dot.
func alias(name string) string {
	if name == "d.steps" {
		return "d_steps"
	}
	return name
}

// readText sets what field points to from the text of a command line.
func readText(field any, text string) error {
	switch v := field.(type) {
	case *int:
		n, err := strconv.Atoi(text)
		if err != nil {
			return fmt.Errorf("must be a whole number, not %q", text)
		}
		*v = n
	case *uint64:
		n, err := strconv.ParseUint(text, 10, 63)
		if err != nil {
			return fmt.Errorf("must be a whole number from 0 to %d, not %q", int64(maxSeed), text)
		}
		*v = n
	case *float64:
		x, err := strconv.ParseFloat(text, 64)
		if err != nil || strings.Trim(text, "0123456789.eE+-") != "" {
			return fmt.Errorf("must be a number, not %q", text)
		}
		*v = x + 0 // never −0
	case *bool:
		if text != "true" && text != "false" {
			return fmt.Errorf("must be true or false, not %q", text)
		}
		*v = text == "true"
	case *string:
		*v = text
	case *[]string:
		layers, err := readLayers(text)
		if err != nil {
			return err
		}
		*v = layers
	}
	return nil
}

func readLayers(text string) ([]string, error) {
	var layers []string
	if strings.HasPrefix(strings.TrimSpace(text), "[") {
		var doc struct {
			X []string `toml:"x"`
		}
		if err := toml.Unmarshal([]byte("x = "+text), &doc); err != nil {
			return nil, fmt.Errorf(`must be layers such as ["linear 64", "relu"]: %s`, strings.TrimPrefix(err.Error(), "toml: "))
		}
		layers = doc.X
	} else if strings.TrimSpace(text) != "" {
		layers = strings.Split(text, ",")
	}
	for i, s := range layers {
		layers[i] = canonicalLayer(strings.TrimSpace(s))
	}
	return layers, nil
}

// didYouMean returns ": did you mean …?" with the keys nearest to a misspelt one, or where to find
// all.
func didYouMean(name string) string {
	var names, same []string
	for _, k := range keys {
		names = append(names, k.Name)
		if strings.HasSuffix(k.Name, "."+name) {
			same = append(same, k.Name)
		}
	}
	if len(same) == 0 {
		same = nn.Nearest(name, names)
	}
	if _, last, ok := strings.Cut(name, "."); ok && len(same) == 0 {
		same = nn.Nearest(last, names) // a key of the whole run, written into a player's table
	}
	if len(same) == 0 {
		return ": the keys are " + strings.Join(names, ", ")
	}
	return ": did you mean " + strings.Join(same, " or ") + "?"
}
