// Package classifier says which digit a picture shows, and describes pictures of digits by the
// numbers from which it decides that: features in which distances between generated and real digits
// mean something. Its network was trained by this program on the training half of MNIST alone (make
// classifier) and is embedded. It does not learn, and it knows nothing but digits of 28×28.
package classifier

import (
	"bytes"
	"compress/gzip"
	_ "embed" // for the weights
	"fmt"
	"io"
	"sync"

	"ganvas/engine/ckpt"
	"ganvas/engine/grad"
	"ganvas/engine/nn"
)

const (
	// Side is how many pixels a side pictures have.
	Side = 28
	// Classes is how many digits there are.
	Classes = 10
	// FeatureCount is how many numbers describe a picture: what enters the last layer.
	FeatureCount = 64
	// Accuracy is the share of the 10,000 digits of MNIST's test half that the embedded network
	// names rightly.
	Accuracy = 0.9927
)

// Layers are the network's: two convolutions with pooling, after LeNet-5 (Y. LeCun et al.,
// "Gradient-based learning applied to document recognition", 1998), and two linear layers. The last
// one is the head.
var Layers = []string{
	"conv 16 5 1 2", "relu", "maxpool 2", "conv 32 5 1 2", "relu", "maxpool 2", "flatten", "linear 64", "relu", "linear 10",
}

//go:embed digits.safetensors.gz
var weights []byte

// embedded returns the network as it lies in the program.
var embedded = sync.OnceValue(func() *nn.Net {
	n, err := read(weights)
	if err != nil {
		panic("classifier: embedded weights: " + err.Error()) // only a damaged program has them
	}
	return n
})

// read unpacks a network from a gzipped safetensors file.
func read(file []byte) (*nn.Net, error) {
	r, err := gzip.NewReader(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	s, err := ckpt.DecodeSafetensors(content)
	if err != nil {
		return nil, err
	}
	n, err := nn.New(Layers, nn.Shape{Side, Side, 1})
	if err != nil {
		return nil, err
	}
	values := make(map[string][]float32)
	for _, e := range s.Entries {
		values[e.Name] = e.F32
	}
	for _, p := range n.Params {
		if len(values[p.Name]) != len(p.Value.Data) {
			return nil, fmt.Errorf("%s: %d values, want %d", p.Name, len(values[p.Name]), len(p.Value.Data))
		}
		copy(p.Value.Data, values[p.Name])
	}
	return n, nil
}

// A Classifier looks at digits. It may be used by one goroutine at a time.
type Classifier struct {
	body, head *nn.Net
	tape       *grad.Tape
}

// New returns a classifier with the embedded weights.
func New() *Classifier { return Of(embedded()) }

// Of returns a classifier with a copy of the weights of a network of Layers.
func Of(whole *nn.Net) *Classifier {
	last := len(Layers) - 1
	body, err := nn.New(Layers[:last], whole.In)
	if err != nil {
		panic(err) // they are part of the whole
	}
	head, err := nn.New(Layers[last:], body.Out)
	if err != nil {
		panic(err)
	}
	for i, p := range whole.Params {
		if i < len(body.Params) {
			copy(body.Params[i].Value.Data, p.Value.Data)
		} else {
			copy(head.Params[i-len(body.Params)].Value.Data, p.Value.Data)
		}
	}
	return &Classifier{body, head, grad.NewTape()}
}

// Look returns the features of n pictures (n, 28, 28, 1) with values in [−1, 1], FeatureCount each
// in a row, and which digit each is most like.
func (c *Classifier) Look(pictures []float32, n int) (features []float64, digits []int) {
	const most, size = 128, Side * Side // at once, to bound memory
	features, digits = make([]float64, 0, n*FeatureCount), make([]int, 0, n)
	for lo := 0; lo < n; lo += most {
		hi := min(n, lo+most)
		c.tape.Reset()
		x := c.tape.Empty(hi-lo, Side, Side, 1)
		copy(x.Data, pictures[lo*size:hi*size])
		seen := c.body.Bind(c.tape, false, nil).Forward(x, nn.Eval)
		for _, v := range seen.Data {
			features = append(features, float64(v))
		}
		said := c.head.Bind(c.tape, false, nil).Forward(seen, nn.Eval).Data
		for i := range hi - lo {
			digits = append(digits, largest(said[i*Classes:(i+1)*Classes]))
		}
	}
	return features, digits
}

// largest returns where the largest value is, the first of equal ones.
func largest(x []float32) int {
	at := 0
	for i, v := range x {
		if v > x[at] {
			at = i
		}
	}
	return at
}
