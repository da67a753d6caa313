package glossary

// networks has what players are made of.
var networks = []Word{
	{
		Term: "Layer", Also: []string{"Layers", "network", "architecture"}, Keys: []string{"layers"},
		Text: "A network is a row of layers; what one gives the next takes.",
	},
	{
		Term: "Parameters", Also: []string{"weights"},
		Text: "The numbers that training changes.",
	},
	{
		Term: "Linear layer", Also: []string{"linear", "fully connected", "dense"},
		Text:    "Every output is a weighted sum of all inputs.",
		Formula: "y = Wx + b",
	},
	{
		Term: "Convolution", Also: []string{"conv", "kernel", "stride"},
		Text:   "A small filter that slides over the picture: the same weights everywhere. With a stride of 2 the picture becomes half as large.",
		Source: "LeCun et al. 1989; in GANs Radford et al. 2016 (DCGAN), section 3",
	},
	{
		Term: "Transposed convolution", Also: []string{"convt", "deconvolution", "up"},
		Text:   "A convolution the other way: each input number paints a small patch. With a stride of 2 the picture becomes twice as large.",
		Source: "Radford et al. 2016 (DCGAN), section 3",
	},
	{
		Term:   "DCGAN",
		Text:   "Rules for networks of convolutions that made GANs work on pictures: strides in place of pooling, batch normalisation, no linear layers between.",
		Source: "Radford et al. 2016, section 3",
	},
	{
		Term: "Residual block", Also: []string{"residual", "skip connection"},
		Text:    "Layers whose output is added to their input. So gradients reach the first layers of a deep network.",
		Formula: "y = x + f(x)",
		Source:  "He et al. 2016; in GANs Mescheder et al. 2018",
	},
	{
		Term: "Attention", Also: []string{"self-attention", "SAGAN"},
		Text:    "Every place of the picture looks at all others and takes from those that fit.",
		Formula: "softmax(f(x)ᵀg(x)) · h(x)",
		Source:  "Zhang et al. 2019, section 3",
	},
	{
		Term: "Activation", Also: []string{"relu", "lrelu", "leaky units", "tanh", "sigmoid", "silu", "gelu", "softplus"},
		Text:    "What is done to each number between two layers. Without it, many layers could do no more than one.",
		Formula: "relu(x) = max(0, x);  lrelu(x) = max(slope · x, x)",
	},
	{
		Term:    "Maxout",
		Text:    "The largest of several neighbouring channels.",
		Formula: "max over k of  wₖx + bₖ",
		Source:  "Goodfellow et al. 2013, section 3",
	},
	{
		Term: "Batch normalisation", Also: []string{"bn", "normalisation", "instance normalisation", "layer normalisation", "group normalisation", "pixel normalisation", "in", "ln", "gn", "pixelnorm"},
		Text:    "Brings each channel to mean 0 and standard deviation 1 over the batch, then scales and shifts it. Others do so over a picture, a layer, a group of channels, or a pixel.",
		Formula: "(x − μ)/√(σ² + ε) · γ + β",
		Source:  "Ioffe and Szegedy 2015, algorithm 1",
	},
	{
		Term:   "Dropout",
		Text:   "Sets random numbers to 0 while training, so that no unit relies on a single other one.",
		Source: "Srivastava et al. 2014, section 4",
	},
	{
		Term: "Minibatch layers", Also: []string{"minibatch-std", "minibatch-discrimination", "minibatch discrimination"},
		Text:   "Tell the discriminator how much the items of a batch differ. A generator that makes the same again and again is then found out.",
		Source: "Salimans et al. 2016, section 3.2; Karras et al. 2018, section 3",
	},
}
