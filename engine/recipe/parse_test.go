package recipe

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"ganvas/engine/nn"
)

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// syntax
		{"steps = ", "line 1: not TOML: "},
		{"name = \"a\"\nname = \"b\"", "line 2: name: not TOML: "},
		{"\x89PNG\r\n\x1a\n", "line 1: not TOML: "},
		{"data = \"C:\\Users\\me\"", `line 1: not TOML: invalid hexadecimal digit in unicode escape sequence: in double quotes a \ begins a sign of its own: write a path in 'single quotes' or with /`},
		{"\ufeffdata = \"D:\\pictures\"", "line 1: not TOML: "},
		{"steps = 2\ndata = \"C:\\new\"", `line 2: data: "C:\new" holds '\n': in double quotes a \ begins a sign of its own: write a path in 'single quotes' or with /`},
		{"data = “ring”", `line 1: not TOML: unexpected character U+00E2 'â' at start of value: write straight quotes, "so" or 'so'`},
		{"# ok\nname = \"Gr\xf6\xdfe\"", "line 2: not TOML: a letter that is not in UTF-8: save the file in UTF-8"},
		{"\xff\xfen\x00 \x00=\x00", "not TOML: text in UTF-16: save it in UTF-8"},
		{"n\x00a\x00m\x00e\x00", "not TOML: text in UTF-16: save it in UTF-8"},
		// unknown keys
		{"seed = 2\nbatchs = 3", "line 2: batchs: unknown key: did you mean batch?"},
		{"lr = 1e-3", "line 1: lr: unknown key: did you mean g.lr or d.lr?"},
		{"[g]\nl_r = 1e-3", "line 2: g.l_r: unknown key: did you mean g.lr or d.lr?"},
		{"[g]\nbatch = 1", "line 2: g.batch: unknown key: did you mean batch?"},
		{"[d]\nsteps = 2", "line 2: d.steps: unknown key: did you mean d_steps"},
		{"\n[generator]\nlr = 1.0", "line 2: generator: unknown key: did you mean generators"},
		{"d.learning_speed = 2", "line 1: d.learning_speed: unknown key: the keys are version, name, seed, data,"},
		{"[optimiser.adam]\nlr = 1", "line 1: optimiser: unknown key: did you mean g.optimizer or d.optimizer?"},
		// types
		{"steps = \"many\"", `line 1: steps: must be a whole number, not the text "many"`},
		{"steps = 1.5", "line 1: steps: must be a whole number, not the number 1.5"},
		{"r1 = true", "line 1: r1: must be a number, not true"},
		{"mirror = 1", "line 1: mirror: must be true or false, not the number 1"},
		{"name = 7", "line 1: name: must be text in quotes, not the number 7"},
		{"name = 2024-01-01", "line 1: name: must be text in quotes, not a date or time"},
		{"g = 3", "line 1: g: must be a table, not the number 3: write [g] on a line of its own"},
		{"[[d]]\nlr = 1.0", "line 1: d: must be a table, not a list: write [d] on a line of its own"},
		{"[g]\nlayers = \"relu\"", `line 2: g.layers: must be a list of layers such as ["linear 64", "relu"], not the text "relu"`},
		{"[g]\nlayers = [\n\"relu\",\n3]", "line 4: g.layers: layer 2 must be text in quotes, not the number 3"},
		{"seed = -1", "line 1: seed: must not be negative, as -1 is"},
		{"seed = 99999999999999999999", "line 1: not TOML: "},
		// values
		{"version = 2", "line 1: version: version 2 is not one that this program reads: it must be 1"},
		{"image_size = 1", "line 1: image_size: must be 4 to 1024, not 1"},
		{"channels = 2", "line 1: channels: must be 1, 3 or 4, not 2"},
		{"background = \"#FFFFFF\"", "line 1: background: must be a colour such as #ffffff for white or #000000 for black, not \"#FFFFFF\""},
		{"focus_x = 1.5", "line 1: focus_x: must be 0 to 1, not 1.5"},
		{"batch = 0", "line 1: batch: must be 1 to 65536, not 0"},
		{"latent = -3", "line 1: latent: must be 1 to 4096, not -3"},
		{"clip = -0.1", "line 1: clip: must be 0 to 1e6, not -0.1"},
		{"r1 = nan", "line 1: r1: must be 0 to 1e6, not nan"},
		{"gp = inf", "line 1: gp: must be 0 to 1e6, not inf"},
		{"ema = 1", "line 1: ema: must be 0 to 0.999999, not 1.0"},
		{"d_steps = 0", "line 1: d_steps: must be 1 to 1000, not 0"},
		{"objective = \"hindge\"", `line 1: objective: "hindge" is not possible: did you mean "hinge"?`},
		{"objective = \"vae\"", `line 1: objective: must be minimax, nonsaturating, leastsquares, hinge, wasserstein or relativistic, not "vae"`},
		{"data = \"\"", `line 1: data: must not be empty: name a built-in set such as "digits", or a path`},
		{"name = \"a\\u0000\"", "line 1: name: must be text in UTF-8 without zero bytes"},
		{"[g]\noptimizer = \"Adam\"", `line 2: g.optimizer: "Adam" is not possible: did you mean "adam"?`},
		{"[d]\nlr = 11", "line 2: d.lr: must be 0 to 10, not 11.0"},
		{"[d]\nbeta2 = 1.0", "line 2: d.beta2: must be 0 to 0.999999, not 1.0"},
		{"labels = \"names.xlsx\"", `line 1: labels: must be none, folder or FILE.csv, not "names.xlsx"`},
		{"labels = \"names.csv\\u0000.csv\"", "line 1: labels: must be text in UTF-8 without zero bytes"},
		{"conditional = \"proj\"", `line 1: conditional: "proj" is not possible: did you mean "projection"?`},
		{"batch = 64\npack = 3", "line 2: pack: a batch of 64 cannot be divided into packs of 3: make the batch a multiple of it, for instance 66"},
		{"pack = 0", "line 1: pack: must be 1 to 16, not 0"},
		{"label_smoothing = 0.1", "line 1: label_smoothing: relativistic has no target that real items should reach: choose minimax, nonsaturating or leastsquares, or set it to 0"},
		{"steps = 0\ninstance_noise = 0.1", "line 2: instance_noise: it falls to 0 at the end of the run: give steps a number above 0, or set it to 0"},
		{"unroll = 5", "line 1: unroll: updates of the discriminator are foreseen without penalties and clipping: set r1, r2, gp, dragan, consistency and clip to 0, or this"},
		{"unroll = 5\nr1 = 0\nr2 = 0\n[d]\nlayers = [\"flatten\", \"sn linear 1\"]", "line 1: unroll: layer 2 of d.layers, \"sn linear 1\", remembers what goes through it, also what is only foreseen: use ln, gn or wn, or set this to 0"},
		{"unroll = 5\nr1 = 0\nr2 = 0\ngenerators = 2", "line 1: unroll: it is a game of one generator that foresees one discriminator: make generators and discriminators 1 and semi_supervised false, or set this to 0"},
		{"topk = 0.5\nsteps = 0", "line 1: topk: it falls over the first half of the run: give steps a number above 0, or set it to 1"},
		{"consistency = 1", "line 1: consistency: without noise, dropout or augmentation the discriminator sees an item twice alike: choose an augment, for instance \"translation\" for pictures, put \"noise 0.3\" first in d.layers, or set it to 0"},
		{"feature_matching = 1\n[d]\nlayers = [\"conv 1 28 1 0\", \"flatten\"]", "line 1: feature_matching: what enters the discriminator's last layer is matched, and that is \"flatten\": end d.layers with \"linear 1\", or set it to 0"},
		{"augment = \"colour\"", `line 1: augment: "colour" is not possible: did you mean "color"?`},
		{"data = \"ring\"\naugment = \"color\"\n[g]\nlayers = [\"linear 2\"]\n[d]\nlayers = [\"linear 1\"]", "line 2: augment: color changes pictures, and the items are 2 numbers: set it to none"},
		// keys that depend on one another
		{"steps = 0\n[d]\nlr_decay = \"linear\"", `line 3: d.lr_decay: "linear" needs to know the end of the run: give steps a number above 0`},
		{"[g]\nlr_decay = \"exponential\"", "g.lr_final (not given, so it has its default): exponential decay never reaches 0: give a share above 0, for instance 0.01"},
		{"batch = 2\npack = 2\n[d]\nlayers = [\"flatten\", \"minibatch-std 4\", \"linear 1\"]", "line 1: batch: layer 2 of d.layers compares the packs of a batch: at least 2 are needed, not 1"},
		{"batch = 1\n[d]\nlayers = [\"flatten\", \"bn\", \"linear 1\"]", "line 1: batch: layer 2 of d.layers normalises over the batch: at least 2 are needed, not 1"},
		// classes and several players
		{"conditional = \"projection\"", `labels (not given, so it has its default): conditional needs to know the classes of the items: make it "folder"`},
		{"semi_supervised = true\nlabels = \"folder\"", "objective (not given, so it has its default): relativistic has no probabilities"},
		{"semi_supervised = true\nlabels = \"folder\"\nobjective = \"minimax\"\nconditional = \"concat\"", "line 4: conditional: a semi-supervised discriminator classifies by itself"},
		{"semi_supervised = true\nlabels = \"folder\"\nobjective = \"minimax\"\ngenerators = 2", "line 1: semi_supervised: it is a game of one classifier against one generator"},
		{"labelled = 100", "line 1: labelled: only semi_supervised learns from some labels: make it 0, or semi_supervised true"},
		{"batch = 2\ngenerators = 3", "line 1: batch: 3 generators share a batch of 2: make it at least 3"},
		{"generators = 2\n[d]\nlayers = [\"flatten\", \"linear 1\", \"sigmoid\"]", `line 3: d.layers: layer 3 "sigmoid" is the last one: it must be "linear 1"`},
		// layers and shapes
		{"[g]\nlayers = [\"linear 64\",\n\n  \"rleu\"]", `line 4: g.layers: layer 2 "rleu": unknown kind "rleu": did you mean relu or lrelu?`},
		{"[g]\nlayers = [\n  \"linear 6271\",\n  \"unflatten 7 7 128\",\n]", `line 4: g.layers: layer 2 "unflatten 7 7 128": 7×7×128 are 6272 numbers and it gets 6271: make layer 1 "linear 6272"`},
		{"[d]\nlayers = [\"linear 1\"]", `line 2: d.layers: layer 1 "linear 1": linear needs a flat input and gets a picture of 28×28×1: insert "flatten" before it`},
		{"g.layers = []", `line 1: g.layers: no layers: a network from 64 to 28×28×1 needs at least one: append "linear 784", "unflatten 28 28 1"`},
		{"d = {layers = [\"flatten\"]}", `line 1: d.layers: layer 1 "flatten": the network ends in 784, but 1 is needed: append "linear 1"`},
		{"channels = 3", `g.layers (not given, so it has its default): layer 7 "tanh": the network ends in 28×28×1, but 28×28×3 is needed: make layer 6 "convt 3 4 2 1"`},
		{"data = \"pictures/\"\nimage_size = 32", `g.layers (not given, so it has its default): layer 7 "tanh": the network ends in 28×28×1, but 32×32×1 is needed: make layer 1 "linear 8192" and layer 2 "unflatten 8 8 128"`},
		{"data = \"ring\"\n[g]\nlayers = [\"linear 3\"]\n[d]\nlayers = [\"linear 1\"]", `line 3: g.layers: layer 1 "linear 3": the network ends in 3, but 2 is needed: make layer 1 "linear 2"`},
		// several at once, in the order of the document
		{"pack = 0\nbatch = 0\n[d]\nlr = -1\n[g]\nrl = 3", "line 1: pack: must be 1 to 16, not 0; line 2: batch: must be 1 to 65536, not 0; line 4: d.lr: must be 0 to 10, not -1.0; line 6: g.rl: unknown key: did you mean g.lr?"},
		{"[d]\nlayers = [\"flatten\"]\n[g]\nlayers = [\"linear 2\", \"flatten\"]", `line 2: d.layers: layer 1 "flatten": the network ends in 784`},
	} {
		r, err := Parse([]byte(c.text), "my.toml")
		if err == nil {
			t.Errorf("Parse(%q) = %+v, want error", c.text, r)
			continue
		}
		if want := "read my.toml: " + c.want; !strings.HasPrefix(err.Error(), want) {
			t.Errorf("Parse(%q):\n got %v\nwant %s", c.text, err, want)
		}
		if strings.Contains(err.Error(), "\n") {
			t.Errorf("Parse(%q): error has more than one line: %v", c.text, err)
		}
	}
	var many strings.Builder
	for i := range maxShown + 2 {
		fmt.Fprintf(&many, "batch%d = 1\n", i)
	}
	if _, err := Parse([]byte(many.String()), "my.toml"); err == nil || !strings.HasSuffix(err.Error(), "; and 2 more") {
		t.Errorf("Parse of twelve unknown keys: %v", err)
	}
	if _, err := Parse(make([]byte, maxDocument+1), "big.toml"); err == nil || err.Error() != "read big.toml: 1048577 bytes are too many for a recipe: choose a TOML file of at most 1048576" {
		t.Errorf("Parse of a huge document: %v", err)
	}
}

// The window gets the misfit itself, with its fixes, and one of them mends the document.
func TestParseMisfit(t *testing.T) {
	_, err := Parse([]byte("[d]\nlayers = [\"conv 8 4 2 1\", \"linear 1\"]"), "my.toml")
	var e *Invalid
	if !errors.As(err, &e) || len(e.Problems) != 1 || e.Problems[0].Misfit == nil {
		t.Fatalf("got %v, want one problem with a misfit", err)
	}
	p := e.Problems[0]
	if p.Key != "d.layers" || p.Line != 2 || p.Misfit.Index != 1 {
		t.Errorf("got key %s, line %d, layer %d, want d.layers, 2, 1", p.Key, p.Line, p.Misfit.Index)
	}
	r := Default()
	r.D.Layers = p.Misfit.Fixes[0].Layers
	if err := r.Validate(); err != nil {
		t.Error(err)
	}
}

// Keys of pictures do not matter to points.
func TestPointsIgnorePictureKeys(t *testing.T) {
	_, err := Parse([]byte("data = \"ring\"\nimage_size = 512\nchannels = 4\n[g]\nlayers = [\"linear 2\"]\n[d]\nlayers = [\"linear 1\"]"), "my.toml")
	if err != nil {
		t.Error(err)
	}
}

func TestValidateAndCheck(t *testing.T) {
	for _, c := range []struct {
		change func(*Recipe)
		shape  nn.Shape
		want   string // empty if it is right
	}{
		{func(*Recipe) {}, nil, ""},
		{func(*Recipe) {}, nn.Shape{28, 28, 1}, ""},
		{func(*Recipe) {}, nn.Shape{32, 32, 3}, "check recipe: g.layers: layer 7 \"tanh\": the network ends in 28×28×1, but 32×32×3 is needed"},
		{func(*Recipe) {}, nn.Shape{2}, "check recipe: g.layers: layer 7 \"tanh\": the network ends in 28×28×1, but 2 is needed: insert \"flatten\", \"linear 2\" before layer 7; d.layers: layer 1 \"conv 64 4 2 1\": conv needs a picture"},
		{func(r *Recipe) { r.Seed = 1 << 63 }, nil, "check recipe: seed: must be at most 9223372036854775807, not 9223372036854775808"},
		{func(r *Recipe) { r.Version = 0 }, nil, "check recipe: version: version 0 is not one that this program reads: it must be 1"},
		{func(r *Recipe) { r.Name = "\xff" }, nil, "check recipe: name: must be text in UTF-8 without zero bytes"},
		{func(r *Recipe) { r.G.Layers = []string{"linear"} }, nil, "check recipe: g.layers: layer 1 \"linear\": linear takes 1 number (OUT), not 0"},
		{func(r *Recipe) { r.Batch, r.Latent = 0, 0 }, nil, "check recipe: batch: must be 1 to 65536, not 0; latent: must be 1 to 4096, not 0"},
		{func(r *Recipe) {
			r.Batch, r.D.Layers = 4096, []string{"conv 512 3 1 1", "maxpool 4", "flatten", "linear 1"}
		}, nil, "check recipe: batch: layer 2 of d.layers, \"maxpool 4\", numbers the places of all values of a batch, of which there would be too many: make it at most 2674"},
		{func(r *Recipe) {
			r.Batch, r.D.Layers = 2674, []string{"conv 512 3 1 1", "maxpool 4", "flatten", "linear 1"}
		}, nil, ""},
	} {
		r := Default()
		c.change(r)
		err := r.Check(c.shape)
		if got := fmt.Sprint(err); c.want == "" && err != nil || c.want != "" && !strings.HasPrefix(got, c.want) {
			t.Errorf("Check(%v) = %v, want %s", c.shape, err, c.want)
		}
	}
	var zero Recipe
	if err := zero.Validate(); err == nil {
		t.Error("the zero value is valid")
	}
}

func TestSetErrors(t *testing.T) {
	for _, c := range []struct{ key, value, want string }{
		{"lr", "1", "set lr: unknown key: did you mean g.lr or d.lr?"},
		{"obective", "hinge", "set obective: unknown key: did you mean objective?"},
		{"steps", "1e3", `set steps: must be a whole number, not "1e3"`},
		{"seed", "-1", `set seed: must be a whole number from 0 to 9223372036854775807, not "-1"`},
		{"g.lr", "fast", `set g.lr: must be a number, not "fast"`},
		{"g.lr", "nan", `set g.lr: must be a number, not "nan"`},
		{"g.lr", "-1", "set g.lr: must be 0 to 10, not -1.0"},
		{"mirror", "yes", `set mirror: must be true or false, not "yes"`},
		{"fit", "corp", `set fit: "corp" is not possible: did you mean "crop"?`},
		{"pack", "17", "set pack: must be 1 to 16, not 17"},
		{"g.layers", "[1]", `set g.layers: must be layers such as ["linear 64", "relu"]: `},
		{"g.layers", "linear 3, rleu", `set g.layers: layer 2 "rleu": unknown kind`},
	} {
		r := Default()
		err := r.Set(c.key, c.value)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("Set(%q, %q): got %v, want %s", c.key, c.value, err, c.want)
		}
		if !r.Equal(Default()) {
			t.Errorf("Set(%q, %q) failed and changed the recipe", c.key, c.value)
		}
	}
	if _, err := Default().Get("beta3"); err == nil || err.Error() != "get beta3: unknown key: the keys are "+strings.Join(names(), ", ") {
		t.Errorf("Get(beta3): %v", err)
	}
}

func names() []string {
	var out []string
	for _, k := range Keys() {
		out = append(out, k.Name)
	}
	return out
}

func TestSet(t *testing.T) {
	for _, c := range []struct{ key, value, want string }{
		{"g.lr", "1e-4", "1e-4"},
		{"d.lr", "-0", "0.0"},
		{"d.steps", "2", "2"},
		{"data", "/tmp/a b, c", "/tmp/a b, c"},
		{"g.layers", "linear 4, up  2,tanh", `["linear 4", "up 2 nearest", "tanh"]`},
		{"d.layers", `["flatten", 'linear 1']`, `["flatten", "linear 1"]`},
		{"d.layers", "", "[]"},
	} {
		r := Default()
		if err := r.Set(c.key, c.value); err != nil {
			t.Error(err)
		}
		if got, err := r.Get(c.key); got != c.want || err != nil {
			t.Errorf("after Set(%q, %q): Get = %q, %v, want %q", c.key, c.value, got, err, c.want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(Default().Bytes())
	for _, s := range []string{
		"", "g = {layers = [\"linear 2\"]}", "[[g]]\n", "[g.layers]\nx=1", "\"g\".lr = 3", "name = '''\na'''", "pack = 2\n[d]\nlayers = [1, [2]]", "layers = [[[[", "a.b.c = 1979-05-27T07:32:00Z",
	} {
		f.Add([]byte(s))
	}
	for _, p := range Presets() {
		f.Add(p.Recipe.Bytes())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Parse(data, "fuzz.toml")
		if err != nil {
			return
		}
		again, err := Parse(r.Bytes(), "again.toml")
		if err != nil || !reflect.DeepEqual(again, r) {
			t.Errorf("Parse(%q) = %+v, but its bytes give %+v, %v", data, r, again, err)
		}
	})
}

// A byte order mark before a recipe is no part of it, and lines are counted as without one.
func TestByteOrderMark(t *testing.T) {
	r, err := Parse([]byte("\xef\xbb\xbfname = \"marked\"\r\ndata = 'C:\\new\\pictures'\r\n"), "a.toml")
	if err != nil || r.Name != "marked" || r.Data != `C:\new\pictures` {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := Parse([]byte("\xef\xbb\xbf\nbatchs = 3"), "a.toml"); err == nil || !strings.Contains(err.Error(), "line 2: batchs: unknown key") {
		t.Errorf("%v, want the line of the key", err)
	}
}
