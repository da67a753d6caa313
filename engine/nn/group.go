package nn

// groups are the groups of the builder's menu, each with the first of its kinds in the order of
// Kinds.
var groups = map[string]string{
	"linear":        "Layers that learn weights",
	"up":            "Size and shape",
	"relu":          "Activations",
	"bn":            "Normalisation",
	"dropout":       "Randomness",
	"minibatch-std": "Comparing the items of a batch",
}

// Group returns the title of the group of kinds that k stands in, empty where k is no kind of
// layer.
func (k Kind) Group() string {
	group := ""
	for _, other := range kinds {
		if title, ok := groups[other.Name]; ok {
			group = title
		}
		if other.Name == k.Name {
			return group
		}
	}
	return ""
}
