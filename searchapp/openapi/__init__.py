"""Describes the API in the OpenAPI format, from the very models and parameters that the server uses."""

from searchapp.openapi.document import document
from searchapp.openapi.operations import OPERATIONS, Operation
from searchapp.openapi.parameters import Parameter

__all__ = ["OPERATIONS", "Operation", "Parameter", "document"]
