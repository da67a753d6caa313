package recipe

// uses says of each preset which group it is in, and what it is for in a few words.
var uses = map[string]struct{ group, purpose string }{
	"ring":               {"Points", "The first thing to watch: done in seconds."},
	"ring-collapse":      {"Points", "To see a generator run from place to place and lose most."},
	"ring-unrolled":      {"Points", "Finds all places: it looks three moves ahead."},
	"ring-pac":           {"Points", "Finds all places: two points are judged together."},
	"ring-wgan-gp":       {"Points", "Finds all places: the judge shows the way from everywhere."},
	"ring-relativistic":  {"Points", "Finds all places: real and forged are compared."},
	"vanishing":          {"Points", "To see learning stop, and start again."},
	"circle":             {"Points", "Two players who chase each other for ever."},
	"circle-settles":     {"Points", "The same two, with a cure: they come to rest."},
	"grid":               {"Points", "More places to find than the ring has."},
	"moons":              {"Points", "Two curves, soon learnt."},
	"digits-mlp":         {"Digits", "The simplest networks: what convolution is worth."},
	"digits":             {"Digits", "Readable digits soonest. Start here."},
	"digits-dcgan":       {"Digits", "The classic of 2015, for comparing."},
	"digits-wgan-gp":     {"Digits", "Slow and steady, for comparing."},
	"digits-conditional": {"Classes", "You say which digit."},
	"digits-100-labels":  {"Classes", "A reader of digits from a hundred labels."},
	"digits-mdgan":       {"Digits", "Three forgers, two judges."},
	"emoji32":            {"Pictures", "Small pictures in colour, of many kinds."},
	"emoji64":            {"Pictures", "Larger pictures in colour."},
	"few-pictures":       {"Pictures", "For a few hundred pictures."},
	"shapes-conditional": {"Classes", "You say which shape: in colour."},
	"dcgan64":            {"Pictures", "The classic of 2015 at full size, for comparing."},
}
