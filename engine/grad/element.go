package grad

import "ganvas/engine/tensor"

// Add returns a+b element by element. Shapes must be equal.
func Add(a, b *Value) *Value {
	sameShape("Add", a, b)
	y := like(a)
	tensor.Add(y.Data, a.Data, b.Data)
	return y.record(addRule, a, b)
}

func addRule(_, dy *Value, _ int) *Value { return dy }

// Sub returns a−b element by element. Shapes must be equal.
func Sub(a, b *Value) *Value {
	sameShape("Sub", a, b)
	y := like(a)
	tensor.Sub(y.Data, a.Data, b.Data)
	return y.record(subRule, a, b)
}

func subRule(_, dy *Value, i int) *Value {
	if i == 1 {
		return Scale(dy, -1)
	}
	return dy
}

// Mul returns the element-wise product a∘b. Shapes must be equal.
func Mul(a, b *Value) *Value {
	sameShape("Mul", a, b)
	y := like(a)
	tensor.Mul(y.Data, a.Data, b.Data)
	return y.record(mulRule, a, b)
}

func mulRule(y, dy *Value, i int) *Value { return Mul(dy, y.in[1-i]) }

// Div returns a/b element by element. Shapes must be equal.
func Div(a, b *Value) *Value {
	sameShape("Div", a, b)
	y := like(a)
	tensor.Div(y.Data, a.Data, b.Data)
	return y.record(divRule, a, b)
}

func divRule(y, dy *Value, i int) *Value {
	q := Div(dy, y.in[1])
	if i == 1 {
		return Scale(Mul(q, y), -1)
	}
	return q
}

// Scale returns s·a.
func Scale(a *Value, s float32) *Value {
	y := like(a)
	tensor.Scale(y.Data, a.Data, s)
	y.attr.s = s
	return y.record(scaleRule, a)
}

func scaleRule(y, dy *Value, _ int) *Value { return Scale(dy, y.attr.s) }

// AddScalar returns a+s.
func AddScalar(a *Value, s float32) *Value {
	y := like(a)
	tensor.AddScalar(y.Data, a.Data, s)
	return y.record(addRule, a)
}

// AddScaled returns a+s·b element by element. Shapes must be equal.
func AddScaled(a, b *Value, s float32) *Value {
	sameShape("AddScaled", a, b)
	y := like(a)
	tensor.AddScaled(y.Data, a.Data, b.Data, s)
	y.attr.s = s
	return y.record(addScaledRule, a, b)
}

func addScaledRule(y, dy *Value, i int) *Value {
	if i == 1 {
		return Scale(dy, y.attr.s)
	}
	return dy
}

// Square returns a² element by element.
func Square(a *Value) *Value { return Mul(a, a) }

// Sqrt returns the square root of each element.
func Sqrt(a *Value) *Value {
	y := like(a)
	tensor.Sqrt(y.Data, a.Data)
	return y.record(sqrtRule, a)
}

func sqrtRule(y, dy *Value, _ int) *Value { return Scale(Div(dy, y), 0.5) }

// Rsqrt returns 1/√a of each element.
func Rsqrt(a *Value) *Value {
	y := like(a)
	tensor.Rsqrt(y.Data, a.Data)
	return y.record(rsqrtRule, a)
}

func rsqrtRule(y, dy *Value, _ int) *Value { return Scale(Mul(dy, Mul(y, Mul(y, y))), -0.5) }

// Exp returns the exponential of each element.
func Exp(a *Value) *Value {
	y := like(a)
	tensor.Exp(y.Data, a.Data)
	return y.record(expRule, a)
}

func expRule(y, dy *Value, _ int) *Value { return Mul(dy, y) }

// Log returns the natural logarithm of each element.
func Log(a *Value) *Value {
	y := like(a)
	tensor.Log(y.Data, a.Data)
	return y.record(logRule, a)
}

func logRule(y, dy *Value, _ int) *Value { return Div(dy, y.in[0]) }
